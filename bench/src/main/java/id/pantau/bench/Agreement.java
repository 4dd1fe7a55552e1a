package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// How far what the server tells about a camera's recordings is from the files themselves, over all
/// segments.
final class Agreement {
    private final Path recordings;
    private double worstStartS;
    private double worstLengthS;
    private double filesS;
    private double soundS;
    private double worstSoundS;
    private double gapS;
    private int segments;
    private int withoutTracks;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    Agreement(Path recordings) {
        this.recordings = recordings;
    }

    /// @param listed the answer of `/recordings`
    /// @param sound whether every file must have some
    void compare(String camera, JsonNode listed, boolean sound)
            throws IOException, InterruptedException {
        for (JsonNode segment : listed) {
            String id = segment.get("id").asString();
            Instant start = Instant.parse(segment.get("start").asString());
            Instant end = Instant.parse(segment.get("end").asString());
            Path file =
                    recordings
                            .resolve(camera)
                            .resolve(start.toString().substring(0, 10))
                            .resolve(id + ".mp4");
            MediaLengths lengths = MediaLengths.of(file);
            double lengthS = seconds(start, end);
            worstStartS =
                    Math.max(worstStartS, Math.abs(seconds(MediaLengths.wallStart(file), start)));
            worstLengthS = Math.max(worstLengthS, Math.abs(lengths.videoS() - lengthS));
            if (sound) {
                worstSoundS = Math.max(worstSoundS, Math.abs(lengths.audioS() - lengths.videoS()));
            }
            boolean whole = lengths.hasVideo() && lengths.hasAudio() == sound;
            withoutTracks += whole ? 0 : 1;
            gapS += last.equals(Instant.MIN) ? 0 : seconds(last, start);
            filesS += lengths.videoS();
            soundS += lengths.audioS();
            first = start.isBefore(first) ? start : first;
            last = end.isAfter(last) ? end : last;
            segments++;
        }
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toNanos() / 1e9;
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    int segments() {
        return segments;
    }

    /// Any segment's start in the list against its file's own.
    double worstStartS() {
        return worstStartS;
    }

    /// Any segment's length in the list against the packets of its file.
    double worstLengthS() {
        return worstLengthS;
    }

    /// All files' pictures together.
    double filesS() {
        return filesS;
    }

    /// All files' sound together.
    double soundS() {
        return soundS;
    }

    /// Any file's sound against its pictures.
    double worstSoundS() {
        return worstSoundS;
    }

    /// Time between one listed segment and the next, together.
    double gapS() {
        return gapS;
    }

    /// Files that lack pictures or sound, or have sound where there should be none.
    int withoutTracks() {
        return withoutTracks;
    }
}
