package id.pantau.media.rtp;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.VideoFormat;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a session description says of a media track that a [Packetizer] sends.
///
/// @param media `video` or `audio`
/// @param payloadType 0..127; the static one for G.711 at 8000 Hz, one channel
/// @param rtpmap `H264/90000`: the value behind `a=rtpmap:<pt> `
/// @param fmtp the value behind `a=fmtp:<pt> `; empty when the line is left out
public record SdpLines(String media, int payloadType, String rtpmap, String fmtp) {
    private static final int STATIC_PCMU = 0;
    private static final int STATIC_PCMA = 8;

    /// @param dynamicPayloadType 96..127, used where there is no static one
    public static SdpLines of(MediaFormat format, int dynamicPayloadType) {
        return switch (format) {
            case VideoFormat video -> of(video, dynamicPayloadType);
            case AudioFormat audio -> of(audio, dynamicPayloadType);
        };
    }

    private static SdpLines of(VideoFormat video, int payloadType) {
        if (video.codec() == Codec.H265) {
            String fmtp =
                    "sprop-vps=%s;sprop-sps=%s;sprop-pps=%s"
                            .formatted(
                                    base64(video.vps()), base64(video.sps()), base64(video.pps()));
            return new SdpLines("video", payloadType, "H265/" + MediaTime.TICKS_PER_SECOND, fmtp);
        }
        Bytes sps = video.sps().getFirst();
        String profile =
                sps.size() < 4 ? "42E01F" : sps.toHex().substring(2, 8).toUpperCase(Locale.ROOT);
        String fmtp =
                "packetization-mode=1;profile-level-id=%s;sprop-parameter-sets=%s,%s"
                        .formatted(profile, base64(video.sps()), base64(video.pps()));
        return new SdpLines("video", payloadType, "H264/" + MediaTime.TICKS_PER_SECOND, fmtp);
    }

    private static SdpLines of(AudioFormat audio, int payloadType) {
        int rate = audio.sampleRateHz();
        int channels = audio.channels();
        boolean isStatic = rate == 8000 && channels == 1;
        String rateAndChannels = channels == 1 ? "" + rate : rate + "/" + channels;
        return switch (audio.codec()) {
            case PCMU ->
                    new SdpLines(
                            "audio",
                            isStatic ? STATIC_PCMU : payloadType,
                            "PCMU/" + rateAndChannels,
                            "");
            case PCMA ->
                    new SdpLines(
                            "audio",
                            isStatic ? STATIC_PCMA : payloadType,
                            "PCMA/" + rateAndChannels,
                            "");
            case AAC ->
                    new SdpLines(
                            "audio",
                            payloadType,
                            "mpeg4-generic/%d/%d".formatted(rate, channels),
                            ("streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;"
                                            + "indexdeltalength=3;config=%s")
                                    .formatted(audio.config().toHex()));
            case OPUS ->
                    // RFC 7587 §7: always announced as two channels at 48 kHz.
                    new SdpLines(
                            "audio",
                            payloadType,
                            "opus/48000/2",
                            channels == 2 ? "sprop-stereo=1" : "sprop-stereo=0");
            case H264, H265, FLAC ->
                    throw new IllegalArgumentException(audio.codec() + " is not sent as audio");
        };
    }

    private static String base64(List<Bytes> sets) {
        return sets.stream()
                .map(set -> Base64.getEncoder().encodeToString(set.toArray()))
                .collect(Collectors.joining(","));
    }
}
