package id.pantau.server.recording;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a recorded file is called: `{camera}_{yyyy-MM-dd}_{HH-mm-ss}Z`, in UTC, in
/// `{camera}/{yyyy-MM-dd}/`, and ends in `.mp4`. A second file that begins within the same second
/// gets `-2` behind, the next `-3`.
///
/// @param second the start, cut to whole seconds
/// @param copy 1 for the first file of its second
record SegmentName(String camera, Instant second, int copy) {
    static final String SUFFIX = ".mp4";
    private static final Pattern FORM =
            Pattern.compile(
                    "([a-z0-9][a-z0-9._-]{0,63})_(\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d)Z(?:-([2-9]|[1-9]\\d{1,3}))?");
    static final Pattern CAMERA = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");

    static SegmentName of(String camera, Instant start, int copy) {
        return new SegmentName(camera, Instant.ofEpochSecond(start.getEpochSecond()), copy);
    }

    /// @param id without directory and `.mp4`
    static Optional<SegmentName> parse(String id) {
        Matcher form = FORM.matcher(id);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Instant second = LocalDateTime.parse(form.group(2), TIME).toInstant(ZoneOffset.UTC);
            int copy = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
            var name = new SegmentName(form.group(1), second, copy);
            return name.id().equals(id) ? Optional.of(name) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty(); // 30 February
        }
    }

    /// The file under a volume's root, if it lies where its name says.
    static Optional<SegmentName> of(Path root, Path file) {
        String fileName = String.valueOf(file.getFileName());
        if (!fileName.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        return parse(fileName.substring(0, fileName.length() - SUFFIX.length()))
                .filter(name -> name.under(root).equals(file));
    }

    String id() {
        String base = "%s_%sZ".formatted(camera, TIME.format(second.atOffset(ZoneOffset.UTC)));
        return copy == 1 ? base : base + "-" + copy;
    }

    Path directoryUnder(Path root) {
        return root.resolve(camera).resolve(DAY.format(second.atOffset(ZoneOffset.UTC)));
    }

    Path under(Path root) {
        return directoryUnder(root).resolve(id() + SUFFIX);
    }
}
