package id.pantau.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JournalTest {
    private static final Instant AT = Instant.parse("2026-03-01T06:00:00Z");

    @TempDir Path folder;

    private static JournalLine line(JournalCategory category, String code) {
        return new JournalLine(
                category, AT, code, "cam1", Map.of("label", "car", "place", "Gerbang $1 \"A\""));
    }

    @Test
    void aLineHasItsSentenceInBothLanguagesAndGoesToItsFile() throws Exception {
        try (var journal = new Journal(folder, Clock.systemUTC())) {
            journal.write(line(JournalCategory.OBJECT, "zone.began"));
            journal.write(line(JournalCategory.MOTION, "motion.began"));
        }
        JsonNode read = new JsonMapper().readTree(Files.readString(folder.resolve("object.jsonl")));
        assertThat(read.get("at").stringValue()).isEqualTo("2026-03-01T06:00:00Z");
        assertThat(read.get("code").stringValue()).isEqualTo("zone.began");
        assertThat(read.get("en").stringValue())
                .isEqualTo("A car entered the zone Gerbang $1 \"A\" of cam1.");
        assertThat(read.get("id").stringValue())
                .isEqualTo("car masuk zona Gerbang $1 \"A\" di cam1.");
        assertThat(Files.readAllLines(folder.resolve("motion.jsonl"))).hasSize(1);
        assertThat(folder.resolve("system.jsonl")).doesNotExist();
    }

    @Test
    void bothLanguagesHaveTheSameSentencesWithTheSameParameters() {
        var english = new JournalTexts("en");
        var indonesian = new JournalTexts("id");
        assertThat(english.codes()).isEqualTo(indonesian.codes());
        for (String code : english.codes()) {
            var line = new JournalLine(JournalCategory.SYSTEM, AT, code, "cam1", Map.of());
            assertThat(count(english.sentence(line)))
                    .as(code)
                    .isEqualTo(count(indonesian.sentence(line)));
        }
    }

    private static long count(String sentence) {
        return sentence.chars().filter(one -> one == '?').count();
    }

    @Test
    void fullFilesAreNumberedAndTheOldestGoes() throws Exception {
        try (var journal = new Journal(folder, Clock.systemUTC(), 1000)) {
            for (int i = 0; i < 100; i++) {
                journal.write(line(JournalCategory.MOTION, "motion.began"));
            }
        }
        assertThat(folder.resolve("motion.jsonl.8")).exists();
        assertThat(folder.resolve("motion.jsonl.9")).doesNotExist();
        for (Path file :
                List.of(folder.resolve("motion.jsonl.1"), folder.resolve("motion.jsonl.8"))) {
            assertThat(Files.size(file)).isBetween(1000L, 1300L);
        }
    }

    @Test
    void aFileThatIsMovedAwayIsBegunAnew() throws Exception {
        try (var file = new JournalFile(folder.resolve("a.jsonl"), 1000, 2)) {
            file.append("one");
            Files.move(folder.resolve("a.jsonl"), folder.resolve("mine.jsonl"));
            file.append("two");
        }
        assertThat(Files.readString(folder.resolve("a.jsonl"))).isEqualTo("two\n");
    }
}
