package id.pantau.media.rtmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which stream a client wants: RTMP cuts the URL `rtmp://host/live/cam1/sub?ticket=…` in two, the
/// application of `connect` and the name in `publish` or `play`, and every client cuts elsewhere.
///
/// @param application the first part of the path
/// @param path the rest of it, without slashes at its ends
/// @param query decoded
record RequestedStream(String application, String path, Map<String, String> query) {
    private static final int MAX_CHARS = 4096;

    RequestedStream {
        query = Map.copyOf(query);
    }

    /// @param app of `connect`: `live`, `live?ticket=…`, `live/cam1`
    /// @param tcUrl of `connect`, for a query that stands only there; empty without
    /// @param name of `publish` or `play`
    static RequestedStream of(String app, String tcUrl, String name) throws MalformedRtmpException {
        if (app.length() + tcUrl.length() + name.length() > MAX_CHARS) {
            throw new MalformedRtmpException("a URL beyond all measure");
        }
        var query = new LinkedHashMap<String, String>();
        putQuery(query, name);
        putQuery(query, app);
        putQuery(query, tcUrl);
        String whole = path(app) + '/' + path(name);
        String trimmed = whole.replaceAll("/{2,}", "/").replaceAll("^/|/$", "");
        int slash = trimmed.indexOf('/');
        return slash < 0
                ? new RequestedStream(trimmed, "", query)
                : new RequestedStream(
                        trimmed.substring(0, slash), trimmed.substring(slash + 1), query);
    }

    /// A user name and password in the query.
    Optional<RtmpAccess.Login> login() {
        String username = query.getOrDefault("user", query.get("username"));
        String password = query.getOrDefault("pass", query.get("password"));
        return username == null || password == null
                ? Optional.empty()
                : Optional.of(new RtmpAccess.Login(username, password));
    }

    /// Holds no query: it may be a ticket or a key.
    @Override
    public String toString() {
        return application + '/' + path;
    }

    private static String path(String text) {
        int query = text.indexOf('?');
        return decoded(query < 0 ? text : text.substring(0, query));
    }

    private static void putQuery(Map<String, String> into, String text) {
        int query = text.indexOf('?');
        if (query < 0) {
            return;
        }
        for (String pair : text.substring(query + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                into.putIfAbsent(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException _) {
            return text; // a bare percent sign: it is meant
        }
    }
}
