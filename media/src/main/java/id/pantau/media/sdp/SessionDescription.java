package id.pantau.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a DESCRIBE answers. Reading never fails: a camera that forgets `v=`, `o=` or `t=`, or
/// writes lines that are no lines, still has a picture to show. Attributes keep their order, and
/// what was read can be written again without loss.
///
/// @param lines before the first `m=`, in order
/// @param media in order
public record SessionDescription(List<SdpLine> lines, List<MediaDescription> media) {
    /// Of who offers nothing.
    public static final SessionDescription EMPTY = new SessionDescription(List.of(), List.of());

    public static final String CONTENT_TYPE = "application/sdp";

    /// Every payload type is looked for in every line, as cameras put them in wrong sections: more
    /// of either than any camera writes would cost memory by their product.
    private static final int MAX_LINES = 512;

    private static final int MAX_MEDIA = 16;

    public SessionDescription {
        lines = List.copyOf(lines);
        media = List.copyOf(media);
    }

    /// Lines end with `\r\n`, `\n` or `\r`; what is no `type=value` line is left out, and so is
    /// what comes behind [#MAX_LINES] lines or [#MAX_MEDIA] media.
    public static SessionDescription parse(String text) {
        var session = new ArrayList<SdpLine>();
        var media = new ArrayList<MediaDescription>();
        List<SdpLine> section = session;
        String mediaLine = null;
        int count = 0;
        for (String raw : text.split("[\r\n]+")) {
            String line = raw.strip();
            if (line.length() < 2 || line.charAt(1) != '=' || !isLetter(line.charAt(0))) {
                continue;
            }
            String value = line.substring(2).strip();
            boolean isMedia = line.charAt(0) == 'm';
            if (++count > MAX_LINES
                    || isMedia && media.size() == MAX_MEDIA - 1 && mediaLine != null) {
                break;
            }
            if (isMedia) {
                addMedia(media, mediaLine, section);
                mediaLine = value;
                section = new ArrayList<>();
            } else {
                section.add(new SdpLine(line.charAt(0), value));
            }
        }
        addMedia(media, mediaLine, section);
        return new SessionDescription(session, media);
    }

    private static void addMedia(
            List<MediaDescription> media, @Nullable String mediaLine, List<SdpLine> section) {
        if (mediaLine != null) {
            media.add(MediaDescription.parse(mediaLine, section));
        }
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /// Every line ends with `\r\n`.
    public String write() {
        var text = new StringBuilder();
        lines.forEach(line -> line.writeTo(text));
        media.forEach(one -> one.writeTo(text));
        return text.toString();
    }

    /// The control of the whole session, as written.
    public Optional<String> control() {
        return attribute("control");
    }

    /// For every media that says nothing itself.
    public Optional<Direction> direction() {
        return Direction.find(lines);
    }

    /// The first attribute of that name before the first `m=`.
    public Optional<String> attribute(String name) {
        return attribute(lines, name);
    }

    static Optional<String> attribute(List<SdpLine> lines, String name) {
        return lines.stream()
                .filter(line -> line.isAttribute(name))
                .map(SdpLine::attributeValue)
                .findFirst();
    }

    /// The payload formats of one media of this description, in its order of preference. An rtpmap
    /// beats the static table; rtpmap and fmtp are also found in a section they do not belong to,
    /// where some cameras put them, and the first of a payload type wins.
    public List<PayloadFormat> payloads(MediaDescription one) {
        List<List<Integer>> types = media.stream().map(MediaDescription::payloadTypes).toList();
        return one.payloadTypes().stream().map(type -> payload(one, type, types)).toList();
    }

    private PayloadFormat payload(MediaDescription one, int type, List<List<Integer>> types) {
        String map = find(one, "rtpmap", type, types);
        String fmtp = find(one, "fmtp", type, types);
        if (map != null) {
            String[] parts = map.split("/", -1);
            return new PayloadFormat(
                    type,
                    parts[0].isBlank() ? null : parts[0].strip(),
                    parts.length > 1 ? number(parts[1], 0) : 0,
                    parts.length > 2 ? number(parts[2], 1) : 1,
                    fmtp);
        }
        StaticPayload known = StaticPayload.TABLE.get(type);
        return known == null
                ? new PayloadFormat(type, null, 0, 1, fmtp)
                : new PayloadFormat(
                        type, known.encoding(), known.clockRateHz(), known.channels(), fmtp);
    }

    /// The value behind the payload type: of the media itself, else of a section that has no such
    /// payload type of its own.
    private @Nullable String find(
            MediaDescription one, String name, int type, List<List<Integer>> types) {
        Stream<List<SdpLine>> strangers =
                IntStream.range(0, media.size())
                        .filter(other -> !types.get(other).contains(type))
                        .mapToObj(other -> media.get(other).lines());
        return Stream.concat(Stream.of(one.lines(), lines), strangers)
                .flatMap(List::stream)
                .filter(line -> line.isAttribute(name))
                .map(line -> behind(type, line.attributeValue()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> behind(int type, String value) {
        if (!value.startsWith(Integer.toString(type))) {
            return Optional.empty(); // most are of another type: they are not worth a copy
        }
        String[] parts = value.split("\\s+", 2);
        boolean same = parts[0].equals(Integer.toString(type));
        return same ? Optional.of(parts.length < 2 ? "" : parts[1]) : Optional.empty();
    }

    private static int number(String text, int otherwise) {
        try {
            int number = Integer.parseInt(text.strip());
            return number > 0 ? number : otherwise;
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
