package id.pantau.media.hls;

import id.pantau.media.mp4.InitSegment;

/// A decoder configuration in force from one segment on.
///
/// @param number media sequence number of the first segment that needs it
record LiveInit(long number, InitSegment segment) {
    String name() {
        return "init-%d.mp4".formatted(number);
    }
}
