package id.pantau.server.recording;

/// How much of a volume is kept free. Below `low` retention deletes the oldest segments until
/// `high` is free again; below `floor` recording pauses, so that the file system and a database on
/// it never run dry.
///
/// ```
/// low   = min(max(10 min of writing, 2 GiB), 10 % of the volume)
/// high  = min(max(20 min of writing, 4 GiB), 20 % of the volume)
/// floor = min(256 MiB, 2 % of the volume)
/// ```
///
/// The free space between low and floor is what cameras may write while retention works: ten
/// minutes' worth, or a twelfth of a small volume.
record Watermarks(long lowBytes, long highBytes, long floorBytes) {
    private static final long GIB = 1L << 30;
    private static final long LOW_SECONDS = 600;

    /// @param writeBytesPerS measured; 0 while nothing is known
    static Watermarks of(long totalBytes, long writeBytesPerS) {
        long writing = writeBytesPerS * LOW_SECONDS;
        return new Watermarks(
                Math.min(Math.max(writing, 2 * GIB), totalBytes / 10),
                Math.min(Math.max(2 * writing, 4 * GIB), totalBytes / 5),
                Math.min(256L << 20, totalBytes / 50));
    }
}
