package id.pantau.media.mp4;

/// Where a top-level box lies in a file.
///
/// @param headerBytes 8, or 16 when the size has 64 bits
/// @param bytes of the whole box as it says itself: may reach past the end of the file
record BoxHeader(int type, long offset, int headerBytes, long bytes) {
    long bodyOffset() {
        return offset + headerBytes;
    }

    /// Past the box; the largest number when the box says it is larger than any file.
    long end() {
        return bytes > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + bytes;
    }
}
