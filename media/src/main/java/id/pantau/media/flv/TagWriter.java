package id.pantau.media.flv;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.media.mp4.DecoderConfigurationRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the tags of a stream. H.264, AAC and G.711 in the way every player knows; H.265 and Opus
/// as Enhanced RTMP has them.
public final class TagWriter {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    private static final int G711_RATE_HZ = 8000;
    private static final int ENHANCED_VIDEO = 0x80;
    private static final int ENHANCED_AUDIO = 0x90;
    private static final int KEY = 1;
    private static final int INTER = 2;

    private final StreamFormat format;

    public TagWriter(StreamFormat format) {
        this.format = withoutSilent(format);
    }

    /// Metadata and decoder configurations.
    public List<StreamTag> configs(int timestampMs) {
        var tags = new ArrayList<StreamTag>();
        tags.add(config(FlvTag.Kind.SCRIPT, timestampMs, Metadata.write(format)));
        VideoFormat video = format.video();
        if (video != null) {
            Bytes record = DecoderConfigurationRecord.write(video);
            ByteBuffer head =
                    video.codec() == Codec.H265
                            ? head(5).put((byte) (ENHANCED_VIDEO | KEY << 4)).putInt(FourCc.HVC1)
                            : head(5).put((byte) (KEY << 4 | 7)).putInt(0);
            tags.add(config(FlvTag.Kind.VIDEO, timestampMs, joined(head.flip(), record)));
        }
        AudioFormat audio = format.audio();
        if (audio != null && audio.codec() == Codec.AAC) {
            ByteBuffer head = head(2).put((byte) 0xaf).put((byte) 0).flip();
            tags.add(config(FlvTag.Kind.AUDIO, timestampMs, joined(head, audio.config())));
        } else if (audio != null && audio.codec() == Codec.OPUS) {
            ByteBuffer head = head(5).put((byte) ENHANCED_AUDIO).putInt(FourCc.OPUS).flip();
            tags.add(config(FlvTag.Kind.AUDIO, timestampMs, joined(head, OpusHead.write(audio))));
        }
        return tags;
    }

    /// @param timestampMs of its decoding
    /// @return null for a kind that is not carried
    public @Nullable StreamTag unit(AccessUnit unit, int timestampMs) {
        VideoFormat video = format.video();
        AudioFormat audio = format.audio();
        if (unit.isVideo()) {
            return video == null ? null : picture(video, unit, timestampMs);
        }
        return audio == null ? null : sound(audio, video == null, unit, timestampMs);
    }

    private static StreamTag picture(VideoFormat video, AccessUnit unit, int timestampMs) {
        int frameType = unit.keyFrame() ? KEY : INTER;
        int compositionMs = (int) ((unit.pts().ticks90k() - unit.dts().ticks90k() + 45) / 90);
        ByteBuffer head;
        if (video.codec() == Codec.H265) {
            int packet = compositionMs == 0 ? 3 : 1; // CodedFramesX saves the composition time
            head = head(8).put((byte) (ENHANCED_VIDEO | frameType << 4 | packet));
            head.putInt(FourCc.HVC1);
        } else {
            head = head(5).put((byte) (frameType << 4 | 7)).put((byte) 1);
        }
        if (video.codec() == Codec.H264 || compositionMs != 0) {
            head.put((byte) (compositionMs >> 16)).putShort((short) compositionMs);
        }
        var role = unit.keyFrame() ? StreamTag.Role.KEY : StreamTag.Role.OTHER;
        return new StreamTag(FlvTag.Kind.VIDEO, role, timestampMs, head.flip(), unit.payload());
    }

    private static StreamTag sound(
            AudioFormat audio, boolean alone, AccessUnit unit, int timestampMs) {
        ByteBuffer head =
                switch (audio.codec()) {
                    case AAC -> head(2).put((byte) 0xaf).put((byte) 1);
                    case OPUS -> head(5).put((byte) (ENHANCED_AUDIO | 1)).putInt(FourCc.OPUS);
                    case PCMA, PCMU, FLAC, H264, H265 ->
                            head(1).put((byte) (codecId(audio) << 4 | 2 | audio.channels() - 1));
                };
        var role = alone ? StreamTag.Role.KEY : StreamTag.Role.OTHER;
        return new StreamTag(FlvTag.Kind.AUDIO, role, timestampMs, head.flip(), unit.payload());
    }

    static int codecId(AudioFormat audio) {
        return switch (audio.codec()) {
            case AAC -> 10;
            case PCMA -> 7;
            case PCMU -> 8;
            case OPUS -> FourCc.OPUS;
            case FLAC, H264, H265 ->
                    throw new IllegalArgumentException(audio.codec() + " is never sent as FLV");
        };
    }

    private static StreamFormat withoutSilent(StreamFormat format) {
        AudioFormat audio = format.audio();
        if (audio == null || format.video() == null || carries(audio)) {
            return format;
        }
        return new StreamFormat(format.video(), null);
    }

    /// Whether FLV has a way to carry it: G.711 only at 8 kHz, with one or two channels.
    public static boolean carries(AudioFormat audio) {
        return switch (audio.codec()) {
            case AAC, OPUS -> true;
            case PCMA, PCMU -> audio.sampleRateHz() == G711_RATE_HZ && audio.channels() <= 2;
            case FLAC, H264, H265 -> false;
        };
    }

    private static StreamTag config(FlvTag.Kind kind, int timestampMs, ByteBuffer body) {
        return new StreamTag(kind, StreamTag.Role.CONFIG, timestampMs, body, EMPTY);
    }

    private static ByteBuffer head(int bytes) {
        return ByteBuffer.allocate(bytes);
    }

    private static ByteBuffer joined(ByteBuffer head, Bytes rest) {
        return ByteBuffer.allocate(head.remaining() + rest.size())
                .put(head)
                .put(rest.buffer())
                .flip();
    }
}
