/// Fragmented MP4 (ISO/IEC 14496-12, -14, -15) written and read: init segments, fragments, the
/// index of a recorded file and its recovery after a crash.
@NullMarked
package id.pantau.media.mp4;

import org.jspecify.annotations.NullMarked;
