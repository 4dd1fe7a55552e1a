package id.pantau.media.flv;

import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// `onMetaData` (FLV §E.5), as far as it is of use: which kinds of media are to be expected.
///
/// @param known whether there was any
record Metadata(boolean known, boolean video, boolean audio) {
    static final Metadata UNKNOWN = new Metadata(false, false, false);

    /// @param body of a script tag, or of RTMP's `@setDataFrame`
    static Metadata read(ByteBuffer body) throws MalformedFlvException {
        List<AmfValue> values = Amf0.read(body);
        boolean named =
                values.stream()
                        .flatMap(value -> value.text().stream())
                        .anyMatch("onMetaData"::equals);
        if (!named) {
            return UNKNOWN;
        }
        for (AmfValue value : values) {
            if (value instanceof AmfValue.Fields) {
                return new Metadata(true, says(value, "videocodecid"), says(value, "audiocodecid"));
            }
        }
        return UNKNOWN;
    }

    boolean lacks(MediaKind kind) {
        return known && !(kind == MediaKind.VIDEO ? video : audio);
    }

    private static boolean says(AmfValue fields, String name) {
        AmfValue value = fields.field(name).orElse(AmfValue.NULL);
        return value.number().map(id -> id != 0).orElse(value.text().isPresent());
    }

    /// The body of the script tag that stands before a stream.
    static ByteBuffer write(StreamFormat format) {
        List<Object> fields = new ArrayList<>(List.of("encoder", "Pantau"));
        VideoFormat video = format.video();
        if (video != null) {
            fields.addAll(List.of("width", video.widthPx(), "height", video.heightPx()));
            if (video.fps() > 0) {
                fields.addAll(List.of("framerate", video.fps()));
            }
            fields.addAll(List.of("videocodecid", video.codec() == Codec.H265 ? FourCc.HVC1 : 7));
        }
        AudioFormat audio = format.audio();
        if (audio != null) {
            fields.addAll(List.of("audiosamplerate", audio.sampleRateHz()));
            fields.addAll(List.of("stereo", audio.channels() > 1));
            fields.addAll(List.of("audiocodecid", TagWriter.codecId(audio)));
        }
        return Amf0.write(
                List.of(new AmfValue.Text("onMetaData"), AmfValue.array(fields.toArray())));
    }
}
