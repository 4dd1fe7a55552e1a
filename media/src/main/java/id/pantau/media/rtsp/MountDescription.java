package id.pantau.media.rtsp;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.MediaFormat;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The session description (RFC 8866) of a stream that is served.
final class MountDescription {
    private MountDescription() {}

    /// @param sessionId any number that changes with the content
    /// @return with `a=control:track0`, `track1` relative to the Content-Base
    static String write(StreamFormat format, long sessionId) {
        var text = new StringBuilder();
        line(text, "v=0");
        line(text, "o=- %d 1 IN IP4 127.0.0.1".formatted(sessionId & Long.MAX_VALUE));
        line(text, "s=Pantau");
        line(text, "c=IN IP4 0.0.0.0");
        line(text, "t=0 0");
        line(text, "a=control:*");
        line(text, "a=range:npt=now-");
        List<MediaFormat> tracks = MountRun.tracks(format);
        for (int i = 0; i < tracks.size(); i++) {
            MediaFormat track = tracks.get(i);
            int type = RtpSender.payloadType(track);
            switch (track) {
                case VideoFormat video -> video(text, video, type);
                case AudioFormat audio -> audio(text, audio, type);
            }
            line(text, "a=control:track" + i);
        }
        return text.toString();
    }

    private static void video(StringBuilder text, VideoFormat video, int type) {
        line(text, "m=video 0 RTP/AVP " + type);
        switch (video.codec()) {
            case H265 -> {
                line(text, "a=rtpmap:%d H265/90000".formatted(type));
                line(
                        text,
                        "a=fmtp:%d sprop-vps=%s; sprop-sps=%s; sprop-pps=%s"
                                .formatted(
                                        type,
                                        base64(video.vps()),
                                        base64(video.sps()),
                                        base64(video.pps())));
            }
            case H264, AAC, PCMU, PCMA, OPUS, FLAC -> h264(text, video, type);
        }
        if (video.fps() > 0) {
            line(text, String.format(Locale.ROOT, "a=framerate:%.3f", video.fps()));
        }
        if (video.widthPx() > 0) {
            line(text, "a=x-dimensions:%d,%d".formatted(video.widthPx(), video.heightPx()));
        }
    }

    private static void h264(StringBuilder text, VideoFormat video, int type) {
        line(text, "a=rtpmap:%d H264/90000".formatted(type));
        var parameters = new StringBuilder("packetization-mode=1");
        if (!video.sps().isEmpty() && video.sps().getFirst().size() >= 4) {
            Bytes sps = video.sps().getFirst();
            parameters.append(
                    "; profile-level-id=%02X%02X%02X".formatted(sps.at(1), sps.at(2), sps.at(3)));
            parameters.append(
                    "; sprop-parameter-sets=%s,%s"
                            .formatted(base64(video.sps()), base64(video.pps())));
        }
        line(text, "a=fmtp:%d %s".formatted(type, parameters));
    }

    private static void audio(StringBuilder text, AudioFormat audio, int type) {
        line(text, "m=audio 0 RTP/AVP " + type);
        int rate = RtpSender.clockRateHz(audio);
        switch (audio.codec()) {
            case AAC -> {
                line(
                        text,
                        "a=rtpmap:%d MPEG4-GENERIC/%d/%d".formatted(type, rate, audio.channels()));
                line(
                        text,
                        ("a=fmtp:%d streamtype=5; profile-level-id=1; mode=AAC-hbr; sizelength=13;"
                                        + " indexlength=3; indexdeltalength=3; config=%s")
                                .formatted(type, audio.config().toHex()));
            }
            case OPUS -> {
                line(text, "a=rtpmap:%d opus/48000/2".formatted(type));
                line(
                        text,
                        "a=fmtp:%d sprop-stereo=%d".formatted(type, audio.channels() == 2 ? 1 : 0));
            }
            case PCMU, PCMA, FLAC, H264, H265 -> {
                String channels = audio.channels() == 1 ? "" : "/" + audio.channels();
                line(text, "a=rtpmap:%d %s/%d%s".formatted(type, audio.codec(), rate, channels));
            }
        }
    }

    private static String base64(List<Bytes> parameterSets) {
        return parameterSets.stream()
                .map(one -> Base64.getEncoder().encodeToString(one.toArray()))
                .collect(Collectors.joining(","));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }
}
