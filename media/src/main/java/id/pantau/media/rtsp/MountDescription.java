package id.pantau.media.rtsp;

import id.pantau.media.MediaFormat;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.media.rtp.SdpLines;
import java.util.List;
import java.util.Locale;

/// The session description (RFC 8866) of a stream that is served.
final class MountDescription {
    private MountDescription() {}

    /// @param sessionId any number that changes with the content
    /// @return with `a=control:track0`, `track1` relative to the Content-Base
    static String write(StreamFormat format, long sessionId) {
        var text = new StringBuilder();
        line(text, "v=0");
        line(text, "o=- " + (sessionId & Long.MAX_VALUE) + " 1 IN IP4 127.0.0.1");
        line(text, "s=Pantau");
        line(text, "c=IN IP4 0.0.0.0");
        line(text, "t=0 0");
        line(text, "a=control:*");
        line(text, "a=range:npt=now-");
        List<MediaFormat> tracks = MountRun.tracks(format);
        for (int i = 0; i < tracks.size(); i++) {
            track(text, i, tracks.get(i));
        }
        return text.toString();
    }

    private static void track(StringBuilder text, int index, MediaFormat track) {
        SdpLines lines = RtpSender.description(index, track);
        int type = lines.payloadType();
        line(text, "m=" + lines.media() + " 0 RTP/AVP " + type);
        line(text, "a=rtpmap:" + type + " " + lines.rtpmap());
        if (!lines.fmtp().isEmpty()) {
            line(text, "a=fmtp:" + type + " " + lines.fmtp());
        }
        if (track instanceof VideoFormat video && video.fps() > 0) {
            line(text, String.format(Locale.ROOT, "a=framerate:%.3f", video.fps()));
        }
        line(text, "a=control:track" + index);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }
}
