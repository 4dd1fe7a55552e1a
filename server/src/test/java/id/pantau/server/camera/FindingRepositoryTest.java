package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.camera.Finding.Severity;
import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingRepositoryTest {
    private static final CameraId GATE = new CameraId("gate");
    private static final CameraId YARD = new CameraId("yard");
    private static final Instant FIRST = Instant.parse("2026-11-21T20:00:00.123Z");
    private static final Instant SECOND = FIRST.plus(Duration.ofDays(1));
    private static final Instant THIRD = FIRST.plus(Duration.ofDays(2));
    private static final Finding SILENT =
            new Finding("audio.none", Severity.INFO, "No sound.", Map.of());

    private static Finding longGop(String intervalMs) {
        return new Finding(
                "gop.long",
                Severity.WARNING,
                "Key frames are far apart: 相机 ' -- ;",
                Map.of("intervalMs", intervalMs, "note", "a=b"));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsWrittenIsReadWorstFirst(Dialect dialect, @TempDir Path home) {
        try (Database database = TestDatabases.open(dialect, home)) {
            var repository = new FindingRepository(database);
            CheckedCamera gate =
                    repository.replace(
                            GATE,
                            FIRST,
                            Map.of(
                                    CameraPart.MAIN, List.of(SILENT, longGop("9000")),
                                    CameraPart.SUB, List.of(SILENT)));
            CheckedCamera yard = repository.replace(YARD, SECOND, Map.of());

            assertThat(gate.findings())
                    .containsExactly(
                            new CameraFinding(CameraPart.MAIN, longGop("9000"), FIRST),
                            new CameraFinding(CameraPart.MAIN, SILENT, FIRST),
                            new CameraFinding(CameraPart.SUB, SILENT, FIRST));
            assertThat(repository.list()).containsExactly(gate, yard);
            assertThat(repository.find(YARD)).contains(yard);
            assertThat(repository.find(new CameraId("other"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatPersistsKeepsItsBeginningAndWhatVanishedBeginsAnew(
            Dialect dialect, @TempDir Path home) {
        try (Database database = TestDatabases.open(dialect, home)) {
            var repository = new FindingRepository(database);
            repository.replace(
                    GATE, FIRST, Map.of(CameraPart.MAIN, List.of(longGop("9000"), SILENT)));
            repository.replace(YARD, FIRST, Map.of(CameraPart.MAIN, List.of(SILENT)));

            CheckedCamera second =
                    repository.replace(
                            GATE, SECOND, Map.of(CameraPart.MAIN, List.of(longGop("8000"))));
            assertThat(second)
                    .isEqualTo(
                            new CheckedCamera(
                                    GATE,
                                    SECOND,
                                    List.of(
                                            new CameraFinding(
                                                    CameraPart.MAIN, longGop("8000"), FIRST))));

            CheckedCamera third =
                    repository.replace(
                            GATE,
                            THIRD,
                            Map.of(
                                    CameraPart.MAIN, List.of(SILENT),
                                    CameraPart.SUB, List.of(longGop("7000"))));
            assertThat(third.findings())
                    .extracting(CameraFinding::since)
                    .containsExactly(THIRD, THIRD);
            assertThat(repository.find(GATE)).contains(third);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aDevicesWordsDoNoHarmAndARemovedCameraLeavesNothing(Dialect dialect, @TempDir Path home) {
        try (Database database = TestDatabases.open(dialect, home)) {
            var repository = new FindingRepository(database);
            var odd =
                    new Finding(
                            "onvif.refused",
                            Severity.WARNING,
                            "It said\u0000 so\n.",
                            Map.of("detail", "a\nb=c\u0000"));
            repository.replace(GATE, FIRST, Map.of(CameraPart.DEVICE, List.of(odd, odd)));
            Finding read = repository.find(GATE).orElseThrow().findings().getFirst().finding();
            assertThat(read.params()).containsExactly(Map.entry("detail", "a b=c "));
            assertThat(read.detail()).isEqualTo("It said  so .");

            repository.delete(GATE);
            assertThat(repository.list()).isEmpty();
        }
    }
}
