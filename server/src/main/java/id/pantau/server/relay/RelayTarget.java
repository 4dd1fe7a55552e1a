package id.pantau.server.relay;

import id.pantau.media.rtmp.RtmpPushTarget;
import id.pantau.media.rtmp.RtmpPushTarget.Trust;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspUrl;
import id.pantau.server.camera.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/// Where a stream is pushed to. The URL as it was given mostly holds a stream key or a password: it
/// is kept as a [Secret], and [#shown()] is what people and logs see.
public sealed interface RelayTarget {
    Set<String> SCHEMES = Set.of("rtmp", "rtmps", "rtsp", "rtsps");
    int MAX_LENGTH = 1000;

    /// As it was given.
    Secret url();

    /// The same without anything secret: `rtmp://host:1935/live/***`.
    String shown();

    String host();

    int port();

    /// Whose certificate is accepted; only of use with TLS.
    Trust trust();

    /// By RTMP or RTMPS.
    record Rtmp(Secret url, RtmpPushTarget target) implements RelayTarget {
        @Override
        public String shown() {
            return target.toString();
        }

        @Override
        public String host() {
            return target.host();
        }

        @Override
        public int port() {
            return target.port();
        }

        @Override
        public Trust trust() {
            return target.trust();
        }
    }

    /// By RTSP or RTSPS, inside the connection.
    record Rtsp(Secret url, RtspTarget target, Trust trust) implements RelayTarget {
        @Override
        public String shown() {
            return RtspUrl.redact(target.url().toString());
        }

        @Override
        public String host() {
            return target.url().getHost();
        }

        @Override
        public int port() {
            int port = target.url().getPort();
            return port > 0 ? port : isTls() ? RtspUrl.DEFAULT_TLS_PORT : RtspUrl.DEFAULT_PORT;
        }

        private boolean isTls() {
            return "rtsps".equalsIgnoreCase(target.url().getScheme());
        }
    }

    /// @param text as people paste it
    /// @throws RelayException INVALID with a sentence that holds nothing secret
    static RelayTarget parse(String text, Trust trust) {
        String url = text.strip();
        if (url.isEmpty() || url.length() > MAX_LENGTH) {
            throw RelayException.invalid(
                    "url", "relay.url", "must have 1 to %d characters".formatted(MAX_LENGTH));
        }
        int end = url.indexOf("://");
        String scheme = end < 0 ? "" : url.substring(0, end).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw RelayException.invalid(
                    "url",
                    "relay.urlScheme",
                    "must begin with rtmp://, rtmps://, rtsp:// or rtsps://");
        }
        try {
            return scheme.startsWith("rtmp") ? rtmp(url, trust) : rtsp(url, scheme, trust);
        } catch (IllegalArgumentException e) {
            throw RelayException.invalid("url", "relay.url", "cannot be used: " + e.getMessage());
        }
    }

    private static RelayTarget rtmp(String url, Trust trust) {
        try {
            return new Rtmp(new Secret(url), RtmpPushTarget.of(new URI(url), trust));
        } catch (URISyntaxException _) { // its message holds the URL
            throw new IllegalArgumentException("the address cannot be read");
        }
    }

    private static RelayTarget rtsp(String url, String scheme, Trust trust) {
        if (scheme.equals("rtsps") && trust == Trust.AUTHORITIES) {
            throw RelayException.invalid(
                    "trustAnyCertificate",
                    "relay.rtspsTrust",
                    "must be true for rtsps://: certificates of RTSP servers are not verified");
        }
        RtspUrl.Pasted pasted = RtspUrl.parse(url);
        var target =
                new RtspTarget(
                        pasted.url(),
                        pasted.username(),
                        pasted.password(),
                        RtspTarget.Transport.TCP);
        return new Rtsp(new Secret(url), target, trust);
    }
}
