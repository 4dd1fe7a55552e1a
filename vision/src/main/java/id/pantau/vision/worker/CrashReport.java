package id.pantau.vision.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What HotSpot wrote down when native code killed the process.
///
/// @param job whose thread it was
/// @param frame the line that names the library and function; empty when there is none
record CrashReport(OptionalLong job, String frame) {
    static final CrashReport NONE = new CrashReport(OptionalLong.empty(), "");

    private static final int LINES = 300; // the thread and the frame stand near the beginning
    private static final Pattern THREAD =
            Pattern.compile("^Current thread .*\"" + JobServer.THREAD_PREFIX + "(\\d{1,18})\".*");
    private static final Pattern FRAME = Pattern.compile("^# (C  \\[.*)");

    /// Reads the report and deletes it: its memory dumps may hold a password.
    static CrashReport take(Path file) {
        if (!Files.exists(file)) {
            return NONE;
        }
        try {
            CrashReport report;
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                report = read(lines.limit(LINES));
            }
            Files.delete(file);
            return report;
        } catch (IOException _) {
            return NONE; // half-written: its disk may be full
        }
    }

    static CrashReport read(Stream<String> lines) {
        OptionalLong job = OptionalLong.empty();
        String frame = "";
        for (String line : (Iterable<String>) lines::iterator) {
            Matcher thread = THREAD.matcher(line);
            Matcher native_ = FRAME.matcher(line);
            if (thread.matches()) {
                job = OptionalLong.of(Long.parseLong(thread.group(1)));
            } else if (frame.isEmpty() && native_.matches()) {
                frame = native_.group(1);
            }
        }
        return new CrashReport(job, frame);
    }
}
