package id.pantau.media.rtsp;

/// What a request's URL points at.
///
/// @param path of the mount, without slashes at its ends; empty for `*`
/// @param query behind `?`, as written; empty without
/// @param track index of the media track, -1 for all of them
record RequestTarget(String path, String query, int track) {
    private static final String TRACK = "/track";

    /// Takes anything: clients glue `/track0` behind a query, leave the host out, double slashes.
    static RequestTarget parse(String url) {
        String rest = url.equals("*") ? "" : url;
        int scheme = rest.indexOf("://");
        if (scheme >= 0) {
            int slash = rest.indexOf('/', scheme + 3);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        String path = mark < 0 ? rest : rest.substring(0, mark);
        int track = trackAtEndOf(path);
        if (track >= 0) {
            path = path.substring(0, path.lastIndexOf(TRACK));
        } else if ((track = trackAtEndOf(query)) >= 0) {
            query = query.substring(0, query.lastIndexOf(TRACK));
        }
        return new RequestTarget(trim(path), query, track);
    }

    private static int trackAtEndOf(String text) {
        int at = text.lastIndexOf(TRACK);
        String number = at < 0 ? "" : text.substring(at + TRACK.length());
        return number.matches("\\d{1,2}") ? Integer.parseInt(number) : -1;
    }

    private static String trim(String path) {
        int from = 0;
        int until = path.length();
        while (from < until && path.charAt(from) == '/') {
            from++;
        }
        while (until > from && path.charAt(until - 1) == '/') {
            until--;
        }
        return path.substring(from, until);
    }
}
