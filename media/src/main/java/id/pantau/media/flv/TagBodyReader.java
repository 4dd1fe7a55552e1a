package id.pantau.media.flv;

import id.pantau.media.Codec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads one tag's body, from its first byte to its media.
final class TagBodyReader {
    private static final int FRAME_KEY = 1;
    private static final int FRAME_COMMAND = 5;

    /// The format number under which audio tags are enhanced ones.
    private static final int SOUND_ENHANCED = 9;

    private static final int PACKET_SEQUENCE_START = 0;
    private static final int PACKET_CODED_FRAMES = 1;
    private static final int PACKET_CODED_FRAMES_X = 3;
    private static final int PACKET_VIDEO_METADATA = 4;
    private static final int PACKET_MULTITRACK_AUDIO = 5;
    private static final int PACKET_MULTITRACK_VIDEO = 6;
    private static final int PACKET_MOD_EX = 7;

    private static final int ONE_TRACK = 0;
    private static final int MANY_TRACKS_MANY_CODECS = 2;

    private final ByteBuffer in;

    TagBodyReader(ByteBuffer body) {
        in = body.slice();
    }

    TagBody video() throws MalformedFlvException {
        if (!in.hasRemaining()) {
            return new TagBody.Nothing(); // some encoders send empty tags to keep a line open
        }
        int first = u8();
        if (first < 0x80) {
            return plainVideo(first >> 4, first & 15);
        }
        int frameType = first >> 4 & 7;
        int packet = modified(first & 15);
        if (packet != PACKET_VIDEO_METADATA && frameType == FRAME_COMMAND) {
            return new TagBody.Nothing();
        }
        Track track = track(packet, PACKET_MULTITRACK_VIDEO);
        if (track == null) {
            return new TagBody.Nothing();
        }
        Codec codec = FourCc.codec(track.fourCc).orElse(null);
        if (codec != Codec.H264 && codec != Codec.H265) {
            return new TagBody.Foreign(FourCc.name(track.fourCc));
        }
        boolean key = frameType == FRAME_KEY;
        return switch (track.packet) {
            case PACKET_SEQUENCE_START -> new TagBody.Config(codec, in.slice());
            case PACKET_CODED_FRAMES -> new TagBody.Picture(codec, key, signed24(), in.slice());
            case PACKET_CODED_FRAMES_X -> new TagBody.Picture(codec, key, 0, in.slice());
            default -> new TagBody.Nothing();
        };
    }

    TagBody audio() throws MalformedFlvException {
        if (!in.hasRemaining()) {
            return new TagBody.Nothing();
        }
        int first = u8();
        int format = first >> 4;
        return format == SOUND_ENHANCED ? enhancedAudio(first) : plainAudio(first, format);
    }

    /// Codec 12 for H.265 is nobody's standard, and widely sent by Chinese encoders.
    private TagBody plainVideo(int frameType, int codecId) throws MalformedFlvException {
        if (frameType == FRAME_COMMAND) {
            return new TagBody.Nothing();
        }
        if (codecId != 7 && codecId != 12) {
            return new TagBody.Foreign("FLV video codec " + codecId);
        }
        Codec codec = codecId == 7 ? Codec.H264 : Codec.H265;
        int packet = u8();
        int compositionMs = signed24();
        return switch (packet) {
            case 0 -> new TagBody.Config(codec, in.slice());
            case 1 -> new TagBody.Picture(codec, frameType == FRAME_KEY, compositionMs, in.slice());
            default -> new TagBody.Nothing();
        };
    }

    private TagBody plainAudio(int first, int format) throws MalformedFlvException {
        int channels = 1 + (first & 1);
        return switch (format) {
            case 7 -> new TagBody.Sound(Codec.PCMA, channels, in.slice());
            case 8 -> new TagBody.Sound(Codec.PCMU, channels, in.slice());
            case 10 -> {
                boolean config = u8() == 0;
                if (!in.hasRemaining()) {
                    yield new TagBody.Nothing();
                }
                yield config
                        ? new TagBody.Config(Codec.AAC, in.slice())
                        : new TagBody.Sound(Codec.AAC, channels, in.slice());
            }
            default -> new TagBody.Foreign("FLV sound format " + format);
        };
    }

    private TagBody enhancedAudio(int first) throws MalformedFlvException {
        int packet = modified(first & 15);
        Track track = track(packet, PACKET_MULTITRACK_AUDIO);
        if (track == null) {
            return new TagBody.Nothing();
        }
        Codec codec = FourCc.codec(track.fourCc).orElse(null);
        if (codec != Codec.AAC && codec != Codec.OPUS) {
            return new TagBody.Foreign(FourCc.name(track.fourCc));
        }
        if (!in.hasRemaining()) {
            return new TagBody.Nothing();
        }
        return switch (track.packet) {
            case PACKET_SEQUENCE_START -> new TagBody.Config(codec, in.slice());
            case PACKET_CODED_FRAMES -> new TagBody.Sound(codec, 2, in.slice());
            default -> new TagBody.Nothing();
        };
    }

    /// Reads over the modifiers (nanosecond offsets and whatever comes).
    ///
    /// @return the packet type behind them
    private int modified(int packetType) throws MalformedFlvException {
        int packet = packetType;
        while (packet == PACKET_MOD_EX) {
            int size = u8() + 1;
            if (size == 256) {
                size = u16() + 1;
            }
            skip(size);
            packet = u8() & 15;
        }
        return packet;
    }

    /// @param fourCc of the codec
    /// @param packet type of what follows
    private record Track(int fourCc, int packet) {}

    /// Reads up to the media of track 0 and ends the input behind it.
    ///
    /// @return null without such a track
    private @Nullable Track track(int packet, int multitrack) throws MalformedFlvException {
        if (packet != multitrack) {
            return new Track(i32(), packet);
        }
        int both = u8();
        int shape = both >> 4;
        int inner = both & 15;
        if (shape > MANY_TRACKS_MANY_CODECS || inner == multitrack) {
            throw new MalformedFlvException("multitrack type %d of %d".formatted(shape, inner));
        }
        int fourCc = shape == MANY_TRACKS_MANY_CODECS ? 0 : i32();
        while (in.hasRemaining()) {
            fourCc = shape == MANY_TRACKS_MANY_CODECS ? i32() : fourCc;
            int id = u8();
            int size = shape == ONE_TRACK ? in.remaining() : u8() << 16 | u16();
            need(size);
            if (id == 0) {
                in.limit(in.position() + size);
                return new Track(fourCc, inner);
            }
            skip(size);
        }
        return null;
    }

    private int u8() throws MalformedFlvException {
        need(1);
        return in.get() & 0xff;
    }

    private int u16() throws MalformedFlvException {
        need(2);
        return in.getShort() & 0xffff;
    }

    private int signed24() throws MalformedFlvException {
        need(3);
        return in.get() << 16 | in.getShort() & 0xffff;
    }

    private int i32() throws MalformedFlvException {
        need(4);
        return in.getInt();
    }

    private void skip(int count) throws MalformedFlvException {
        need(count);
        in.position(in.position() + count);
    }

    private void need(int count) throws MalformedFlvException {
        if (count > in.remaining()) {
            throw new MalformedFlvException("a tag cut short");
        }
    }
}
