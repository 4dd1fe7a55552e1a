package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the ledger promises, on every database.
class LedgerTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    @TempDir Path home;

    private static <T> T in(Database database, Function<Ledger, T> change) {
        return database.write(jdbc -> change.apply(new Ledger(jdbc)));
    }

    private static Segment minute(String camera, int number) {
        Instant start = START.plusSeconds(60L * number);
        return new Segment(
                SegmentName.of(camera, start, 1).id(),
                camera,
                "main",
                start,
                start.plusSeconds(60),
                Duration.ofSeconds(59),
                "v1",
                1000 + number,
                "continuous",
                Codec.H264,
                null,
                false,
                false);
    }

    private Database withVolume(Dialect dialect) {
        Database database = TestDatabases.open(dialect, home);
        in(
                database,
                ledger -> {
                    ledger.putVolume(new Ledger.VolumeRow("v1", "/recordings", 1));
                    return true;
                });
        return database;
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void segmentsAreListedByStartWithTheOneThatRunsIntoTheRange(Dialect dialect) {
        try (var database = withVolume(dialect)) {
            for (int i = 0; i < 5; i++) {
                Segment segment = minute("cam1", i);
                Segment other = minute("cam2", i);
                assertThat(in(database, ledger -> ledger.insert(segment))).isTrue();
                assertThat(in(database, ledger -> ledger.insert(segment))).isFalse();
                in(database, ledger -> ledger.insert(other));
            }
            long from = START.plusSeconds(90).toEpochMilli();
            long until = START.plusSeconds(240).toEpochMilli();
            assertThat(in(database, ledger -> ledger.listSegments("cam1", from, until)))
                    .containsExactly(minute("cam1", 1), minute("cam1", 2), minute("cam1", 3));
            SegmentName name = SegmentName.of("cam1", START.plusSeconds(60), 1);
            assertThat(in(database, ledger -> ledger.findSegment(name)))
                    .contains(minute("cam1", 1));
            assertThat(in(database, ledger -> ledger.accountedUntil("cam1")))
                    .contains(START.plusSeconds(300).toEpochMilli());
            assertThat(in(database, ledger -> ledger.accountedUntil("cam9"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsMarkedIsListedNoMoreAndRemovingItTakesItOffTheTotals(Dialect dialect) {
        try (var database = withVolume(dialect)) {
            in(database, ledger -> ledger.insert(minute("cam1", 0)));
            in(database, ledger -> ledger.insert(minute("cam1", 1)));
            assertThat(in(database, ledger -> ledger.totals("v1")))
                    .containsExactly(new Ledger.CameraTotal("cam1", 2001, 2));
            assertThat(in(database, ledger -> ledger.markDeleting(minute("cam1", 0), 5))).isTrue();
            assertThat(in(database, ledger -> ledger.listDeleting("v1")))
                    .containsExactly(minute("cam1", 0));
            assertThat(
                            in(
                                    database,
                                    ledger -> ledger.listSegments("cam1", 0, Long.MAX_VALUE / 2)))
                    .containsExactly(minute("cam1", 1));
            in(
                    database,
                    ledger -> {
                        ledger.remove(minute("cam1", 0));
                        ledger.remove(minute("cam1", 0));
                        return true;
                    });
            assertThat(in(database, ledger -> ledger.totals("v1")))
                    .containsExactly(new Ledger.CameraTotal("cam1", 1001, 1));
            long quarter = START.toEpochMilli();
            assertThat(
                            in(
                                    database,
                                    ledger -> ledger.quarters("cam1", quarter, quarter + 1)))
                    .containsExactly(new QuarterShare(quarter, 59_000));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void lockedSegmentsAreNeitherMarkedNorAmongTheOldest(Dialect dialect) {
        try (var database = withVolume(dialect)) {
            in(database, ledger -> ledger.insert(minute("cam1", 0)));
            in(database, ledger -> ledger.insert(minute("cam1", 1)));
            in(
                    database,
                    ledger -> {
                        ledger.setLocked("cam1", START.toEpochMilli(), true);
                        return true;
                    });
            assertThat(in(database, ledger -> ledger.markDeleting(minute("cam1", 0), 5)))
                    .isFalse();
            assertThat(in(database, ledger -> ledger.listOldest("v1", 10)))
                    .containsExactly(minute("cam1", 1));
            assertThat(
                            in(
                                    database,
                                    ledger -> ledger.listOldest("v1", "cam1", Long.MAX_VALUE, 10)))
                    .containsExactly(minute("cam1", 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aGapGrowsAndPoliciesAndExpiryAreKept(Dialect dialect) {
        try (var database = withVolume(dialect)) {
            var gap = new Gap(START, START.plusSeconds(10), GapCause.NETWORK, "cable");
            var longer = new Gap(START, START.plusSeconds(20), GapCause.DISK, null);
            var policy = new Ledger.PolicyRow("cam1", 7, RecordingPolicy.CONTINUOUS);
            var later =
                    new Ledger.PolicyRow(
                            "cam1",
                            9,
                            new RecordingPolicy(
                                    RecordingPolicy.Mode.OFF,
                                    Duration.ofSeconds(30),
                                    Duration.ofDays(3),
                                    5L));
            in(
                    database,
                    ledger -> {
                        ledger.putGap("cam1", gap);
                        ledger.putGap("cam1", longer);
                        ledger.putPolicy(policy);
                        ledger.putPolicy(later);
                        return true;
                    });
            long from = START.plusSeconds(5).toEpochMilli();
            assertThat(in(database, ledger -> ledger.listGaps("cam1", from, from + 1)))
                    .containsExactly(longer);
            assertThat(in(database, ledger -> ledger.listPolicies("cam1")))
                    .containsExactly(policy, later);
            assertThat(in(database, Ledger::listCurrentPolicies)).containsExactly(later);
            in(
                    database,
                    ledger -> {
                        ledger.expire("cam1", START.plusSeconds(30).toEpochMilli());
                        ledger.expire("cam1", 1);
                        return true;
                    });
            assertThat(in(database, ledger -> ledger.expiredUntil("cam1")))
                    .isEqualTo(START.plusSeconds(30).toEpochMilli());
            assertThat(in(database, ledger -> ledger.listGaps("cam1", from, from + 1))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theTimelineIsReadByIndexOnly(Dialect dialect) {
        try (var database = withVolume(dialect)) {
            database.write(
                    jdbc ->
                            jdbc.sql(
                                            """
                                            insert into segment (camera, start_at_ms, end_at_ms,
                                              recorded_ms, volume, file, stream, reason, size_bytes)
                                            with recursive n (i) as (
                                              select 0 union all select i + 1 from n where i < 20000)
                                            select 'cam' || (i % 4), i * 60000, i * 60000 + 60000,
                                              60000, 'v1', 'f' || i, 'main', 'continuous', 1000
                                              from n
                                            """)
                                    .update());
            database.write(jdbc -> jdbc.sql("analyze").update());
            List<String> plan =
                    database.read(
                            jdbc ->
                                    jdbc.sql(dialect.explain(Ledger.TIMELINE))
                                            .param("camera", "cam1")
                                            .param("from", 60_000_000L)
                                            .param("until", 146_400_000L)
                                            .query(
                                                    (row, _) ->
                                                            row.getString(
                                                                    row.getMetaData()
                                                                            .getColumnCount()))
                                            .list());
            assertThat(plan)
                    .noneMatch(step -> step.startsWith("SCAN ") || step.contains("Seq Scan"));
            assertThat(String.join("\n", plan)).containsIgnoringCase("index");
        }
    }
}
