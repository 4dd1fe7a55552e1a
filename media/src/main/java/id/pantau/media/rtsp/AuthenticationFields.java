package id.pantau.media.rtsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The shape that challenges and Digest answers share (RFC 7235 §2.1): a scheme, then `name=value`
/// or `name="value"`, commas between. Values are kept as between the quotes, escapes untouched:
/// that is what goes into the hash.
///
/// @param scheme as written
/// @param parameters names in lower case; the first of a name wins
record AuthenticationFields(String scheme, Map<String, String> parameters) {
    /// Reads every scheme with its parameters in one header value; never fails, what makes no sense
    /// is passed over.
    static List<AuthenticationFields> parseAll(String header) {
        return new Scanner(header).scan();
    }

    /// The parameters named first, in that order, then the others; every value in quotes but `nc`
    /// (RFC 7616 §3.4), as cameras are used to.
    static String write(String scheme, Map<String, String> parameters, List<String> first) {
        var ordered = new LinkedHashMap<String, String>();
        for (String name : first) {
            String value = parameters.get(name);
            if (value != null) {
                ordered.put(name, value);
            }
        }
        parameters.forEach(ordered::putIfAbsent);
        var text = new ArrayList<String>();
        ordered.forEach((name, value) ->
                text.add(name.equals("nc") ? name + '=' + value : name + "=\"" + value + '"'));
        return (scheme + ' ' + String.join(", ", text)).strip();
    }

    private static final class Scanner {
        private final String text;
        private int at;
        private final List<AuthenticationFields> found = new ArrayList<>();

        Scanner(String text) {
            this.text = text;
        }

        List<AuthenticationFields> scan() {
            while (at < text.length()) {
                String token = token();
                if (token.isEmpty()) {
                    at++; // a comma, white space or rubbish
                    continue;
                }
                passSpace();
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    passSpace();
                    put(token.toLowerCase(Locale.ROOT), value());
                } else {
                    found.add(new AuthenticationFields(token, new LinkedHashMap<>()));
                }
            }
            return found;
        }

        private void put(String name, String value) {
            if (!found.isEmpty()) {
                found.getLast().parameters.putIfAbsent(name, value);
            }
        }

        private String token() {
            int from = at;
            while (at < text.length() && isToken(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        private static boolean isToken(char c) {
            return c > ' ' && c != '=' && c != ',' && c != '"' && c != '\\' && c != 0x7f;
        }

        private String value() {
            if (at == text.length() || text.charAt(at) != '"') {
                return token();
            }
            int from = ++at;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            if (at < text.length()) {
                return text.substring(from, at++);
            }
            at = text.length();
            String open = text.substring(from);
            return withoutOpenEscape(open);
        }

        /// A value cut short behind a lone backslash would swallow the closing quote when written.
        private static String withoutOpenEscape(String value) {
            int slashes = 0;
            while (slashes < value.length() && value.charAt(value.length() - 1 - slashes) == '\\') {
                slashes++;
            }
            return slashes % 2 == 0 ? value : value.substring(0, value.length() - 1);
        }

        private void passSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }
}
