package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.OpusPacket;
import id.pantau.media.codec.VideoParameters;
import java.util.List;

/// Decoder configurations as encoders make them.
public final class TestFormats {
    /// x264, High, 640x360 at 25 pictures a second, two B-frames in a row.
    public static final VideoFormat H264 =
            video(
                    Codec.H264,
                    List.of(),
                    "6764001eacd940a02ff97011000003000100000300320f162d96",
                    "68ebe3cb22c0");

    /// Another picture parameter set makes another decoder configuration.
    public static final VideoFormat H264_CHANGED =
            video(
                    Codec.H264,
                    List.of(),
                    "6764001eacd940a02ff97011000003000100000300320f162d96",
                    "68ebe3cb22c0c0");

    /// x265, Main, 640x360 at 29.97 pictures a second.
    public static final VideoFormat H265 =
            video(
                    Codec.H265,
                    List.of("40010c01ffff01600000030090000003000003003f959809"),
                    "42010101600000030090000003000003003fa00502016965959a4932bc05a02000007d20000ea601",
                    "4401c172b46240");

    public static final AudioFormat AAC_48K =
            new AudioFormat(Codec.AAC, 48_000, 2, AacConfig.lowComplexity(48_000, 2));
    public static final AudioFormat AAC_44K =
            new AudioFormat(Codec.AAC, 44_100, 2, AacConfig.lowComplexity(44_100, 2));
    public static final AudioFormat PCMU = new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY);
    public static final AudioFormat PCMA = new AudioFormat(Codec.PCMA, 8000, 1, Bytes.EMPTY);
    public static final AudioFormat OPUS =
            new AudioFormat(Codec.OPUS, 48_000, 2, OpusPacket.decoderConfig(2));

    private TestFormats() {}

    private static VideoFormat video(Codec codec, List<String> vps, String sps, String pps) {
        try {
            return VideoParameters.format(
                    codec,
                    vps.stream().map(Bytes::ofHex).toList(),
                    List.of(Bytes.ofHex(sps)),
                    List.of(Bytes.ofHex(pps)));
        } catch (MalformedBitstreamException e) {
            throw new AssertionError(e);
        }
    }
}
