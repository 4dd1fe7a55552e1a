package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ftyp` and `moov` of a fragmented file: made once per decoder configuration and shared.
///
/// @param bytes both boxes, and the segment's note behind them when there is one
/// @param codecs for MIME types and playlists (RFC 6381): `avc1.640028,mp4a.40.2`
public record InitSegment(Bytes bytes, StreamFormat format, String codecs) {
    /// @param note what a recorded file says of itself; null for live streams
    public static InitSegment of(StreamFormat format, @Nullable SegmentNote note) {
        var out = new BoxWriter(2048);
        VideoFormat video = format.video();
        AudioFormat audio = format.audio();
        MovieHeaderWriter.write(
                out,
                video == null ? List.of() : List.of(video),
                audio == null ? List.of() : List.of(audio),
                audio == null ? 0 : audio.sampleRateHz());
        if (note != null) {
            NoteBox.write(out, note);
        }
        return new InitSegment(out.toBytes(), format, codecs(format));
    }

    /// The MIME type for `MediaSource.addSourceBuffer`.
    public String mime() {
        return "%s/mp4; codecs=\"%s\""
                .formatted(format.video() == null ? "audio" : "video", codecs);
    }

    /// @param format of the first decoder configuration
    static String codecs(StreamFormat format) {
        List<String> codecs = new ArrayList<>(2);
        if (format.video() != null) {
            codecs.add(DecoderConfigurations.codecString(format.video()));
        }
        if (format.audio() != null) {
            codecs.add(DecoderConfigurations.codecString(format.audio()));
        }
        return String.join(",", codecs);
    }
}
