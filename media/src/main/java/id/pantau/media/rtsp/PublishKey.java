package id.pantau.media.rtsp;

import id.pantau.media.rtsp.RtspMessage.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The stream key of an ANNOUNCE: `?key=` of its URL, else the password of Basic. Digest would need
/// the key itself on our side, and only its hash is kept.
final class PublishKey {
    private static final String PARAMETER = "key=";

    private PublishKey() {}

    /// @return empty when there is none
    static String of(Request request, String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith(PARAMETER))
                .findFirst()
                .map(parameter -> decoded(parameter.substring(PARAMETER.length())))
                .orElseGet(() -> password(request));
    }

    private static String password(Request request) {
        return request.headers()
                .first("Authorization")
                .flatMap(RtspAuthorization::parse)
                .filter(RtspAuthorization.Basic.class::isInstance)
                .map(authorization -> ((RtspAuthorization.Basic) authorization).password())
                .orElse("");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return ""; // a broken escape is no key
        }
    }
}
