package id.pantau.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The header lines of one message, in order, repeated names kept. Names compare without case (RFC
/// 2326 §15.1). Immutable.
public record RtspHeaders(List<Header> lines) {
    public static final RtspHeaders EMPTY = new RtspHeaders(List.of());

    /// One header line. Line ends inside a value become spaces: nothing that is put in here can
    /// begin a line of its own.
    public record Header(String name, String value) {
        public Header {
            name = oneLine(name).strip();
            value = oneLine(value).strip();
        }

        private static String oneLine(String text) {
            return text.replace('\r', ' ').replace('\n', ' ');
        }
    }

    public RtspHeaders {
        lines = List.copyOf(lines);
    }

    /// Reads a block of header lines, `\r\n` or `\n` between them. A line without a colon or
    /// without a name is left out; a line that begins with white space continues the one before.
    public static RtspHeaders parse(String block) {
        var lines = new ArrayList<Header>();
        var whole = new StringBuilder(); // a line with all that continues it
        for (String line : block.split("\n", -1)) {
            boolean continues =
                    !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (continues && !whole.isEmpty()) {
                whole.append(' ').append(line.strip());
                continue;
            }
            add(whole, lines);
            whole.setLength(0);
            whole.append(line);
        }
        add(whole, lines);
        return new RtspHeaders(lines);
    }

    private static void add(StringBuilder line, List<Header> lines) {
        int colon = line.indexOf(":");
        if (colon > 0) {
            var header = new Header(line.substring(0, colon), line.substring(colon + 1));
            if (!header.name.isEmpty()) {
                lines.add(header);
            }
        }
    }

    /// These headers and one more line at the end.
    public RtspHeaders with(String name, String value) {
        var more = new ArrayList<>(lines);
        more.add(new Header(name, value));
        return new RtspHeaders(more);
    }

    /// These headers without any line of that name.
    public RtspHeaders without(String name) {
        return new RtspHeaders(
                lines.stream().filter(line -> !line.name.equalsIgnoreCase(name)).toList());
    }

    public Optional<String> first(String name) {
        for (Header line : lines) {
            if (line.name.equalsIgnoreCase(name)) {
                return Optional.of(line.value);
            }
        }
        return Optional.empty();
    }

    /// Every value of that name, in order.
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name.equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /// The lines as on the wire, each with its `\r\n`.
    public String write() {
        var text = new StringBuilder();
        for (Header line : lines) {
            text.append(line.name).append(": ").append(line.value).append("\r\n");
        }
        return text.toString();
    }
}
