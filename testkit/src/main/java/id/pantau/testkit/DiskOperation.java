package id.pantau.testkit;

/// One change that a [FaultyFileSystem] was asked for, in the order asked.
///
/// @param path relative to the file system's root, with `/`
/// @param bytes how many bytes a write brought, the new size for a truncation; else 0
/// @param done whether it happened; false when it was made to fail
public record DiskOperation(Kind kind, String path, long bytes, boolean done) {
    public enum Kind {
        CREATE_FILE,
        CREATE_DIRECTORY,
        WRITE,
        TRUNCATE,
        FORCE_FILE,
        FORCE_DIRECTORY,
        MOVE,
        DELETE
    }

    /// For assertions on order: `WRITE cam1/a.mp4`.
    @Override
    public String toString() {
        return "%s %s%s".formatted(kind, path, done ? "" : " failed");
    }
}
