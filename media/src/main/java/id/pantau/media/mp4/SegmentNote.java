package id.pantau.media.mp4;

import id.pantau.media.Bytes;
import java.time.Instant;

/// What a recorded file says of itself, in a `uuid` box (ISO/IEC 14496-12 §11.1) behind `moov`, so
/// that the index can be made again from files alone. A note that stands before a later fragment
/// tells a reason that came up only then.
///
/// @param camera the camera's id
/// @param stream `main` or `sub`
/// @param reason why it was recorded: `continuous`, `motion,object`, …
/// @param startAt wall clock of the first access unit
public record SegmentNote(String camera, String stream, String reason, Instant startAt) {
    /// The whole box, to be appended before a fragment.
    public Bytes box() {
        return NoteBox.bytes(this);
    }
}
