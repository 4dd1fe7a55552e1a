/// Fragmented MP4 (ISO/IEC 14496-12, -14, -15) written and read: init segments, fragments, the
/// index of a recorded file and its recovery after a crash.
///
/// Written: [InitSegment], [Fragmenter], [ClosingIndex]. A recorded file is `ftyp moov uuid (prft
/// moof mdat)* mfra`: video on media track 1 at 90 kHz, sound on media track 2 at its sample rate.
/// Read: [RecordedFile] (headers only, whole or torn), [Mp4File] (anybody's). Made of recorded
/// fragments: [Export], [BrowserPlayback]. No size or count in a file is believed before it was
/// checked against the file; what cannot be read is a [MalformedMp4Exception].
@NullMarked
package id.pantau.media.mp4;

import org.jspecify.annotations.NullMarked;
