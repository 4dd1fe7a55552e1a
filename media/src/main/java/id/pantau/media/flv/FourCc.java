package id.pantau.media.flv;

import id.pantau.media.Codec;
import java.util.Optional;

/// The four letters by which Enhanced RTMP names codecs.
final class FourCc {
    static final int AVC1 = of("avc1");
    static final int HVC1 = of("hvc1");
    static final int MP4A = of("mp4a");
    static final int OPUS = of("Opus");

    private FourCc() {}

    static int of(String letters) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            code = code << 8 | letters.charAt(i) & 0xff;
        }
        return code;
    }

    /// @return empty for codecs that are not ours
    static Optional<Codec> codec(int code) {
        if (code == AVC1) {
            return Optional.of(Codec.H264);
        } else if (code == HVC1) {
            return Optional.of(Codec.H265);
        } else if (code == MP4A) {
            return Optional.of(Codec.AAC);
        }
        return code == OPUS ? Optional.of(Codec.OPUS) : Optional.empty();
    }

    /// For people: what a peer sent may hold anything.
    static String name(int code) {
        var name = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            int letter = code >> shift & 0xff;
            name.append(letter > ' ' && letter < 0x7f ? (char) letter : '?');
        }
        return name.toString();
    }
}
