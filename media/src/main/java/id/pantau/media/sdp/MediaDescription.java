package id.pantau.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One `m=` section (RFC 8866 §5.14). Parts that are missing are empty.
///
/// @param kind `video`, `audio`, `application` or what the camera made up
/// @param port as written
/// @param protocol `RTP/AVP` in most cases
/// @param formats as written: payload types, or words that are none
/// @param lines what follows the `m=` line, in order
public record MediaDescription(
        String kind, String port, String protocol, List<String> formats, List<SdpLine> lines) {
    private static final int MAX_PAYLOAD_TYPES = 32;

    public MediaDescription {
        formats = List.copyOf(formats);
        lines = List.copyOf(lines);
    }

    /// @param value behind `m=`
    static MediaDescription parse(String value, List<SdpLine> lines) {
        List<String> words = new ArrayList<>(List.of(value.split("\\s+")));
        words.remove("");
        String kind = words.isEmpty() ? "" : words.removeFirst();
        String port = words.isEmpty() ? "" : words.removeFirst();
        String protocol = words.isEmpty() ? "" : words.removeFirst();
        return new MediaDescription(kind, port, protocol, words, lines);
    }

    public boolean isVideo() {
        return kind.equalsIgnoreCase("video");
    }

    public boolean isAudio() {
        return kind.equalsIgnoreCase("audio");
    }

    /// The first `a=control`, as written.
    public Optional<String> control() {
        return attribute("control");
    }

    public Optional<Direction> direction() {
        return Direction.find(lines);
    }

    /// The first attribute of that name, without white space around its value.
    public Optional<String> attribute(String name) {
        return SessionDescription.attribute(lines, name);
    }

    /// The formats that are numbers of payload types, in order, each once; at most
    /// [#MAX_PAYLOAD_TYPES].
    public List<Integer> payloadTypes() {
        return formats.stream()
                .filter(MediaDescription::isShortNumber)
                .map(Integer::parseInt)
                .filter(type -> type < 128)
                .distinct()
                .limit(MAX_PAYLOAD_TYPES)
                .toList();
    }

    private static boolean isShortNumber(String format) {
        return format.length() <= 3
                && !format.isEmpty()
                && format.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    void writeTo(StringBuilder text) {
        String words = String.join(" ", kind, port, protocol, String.join(" ", formats));
        new SdpLine('m', words).writeTo(text);
        lines.forEach(line -> line.writeTo(text));
    }
}
