package id.pantau.server.recording;

/// One thing that is not as it should be.
///
/// @param where path of the file relative to its volume, or the volume's path
/// @param detail one English sentence
public record FsckFinding(Kind kind, String volume, String where, String detail) {
    public enum Kind {
        /// The volume is not there, or another one is: nothing on it was checked.
        VOLUME_MISSING,
        ROW_WITHOUT_FILE,
        FILE_WITHOUT_ROW,
        /// Row and file differ in size, times or codecs.
        ROW_DIFFERS,
        /// Bytes follow the last whole fragment.
        TORN,
        /// Not even the init segment can be read.
        UNREADABLE,
        /// Not a name that a recorder gives.
        FOREIGN_FILE,
        /// A file that its row says is being deleted.
        DELETE_PENDING,
        /// Two segments of one camera claim the same time.
        OVERLAP
    }
}
