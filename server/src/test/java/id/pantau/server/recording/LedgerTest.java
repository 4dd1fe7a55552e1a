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
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the ledger promises, on every database.
class LedgerTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    @TempDir Path home;

    private void inOneTransaction(Dialect dialect, Consumer<Ledger> test) {
        try (var database = withVolume(dialect)) {
            in(database, test);
        }
    }

    private static void in(Database database, Consumer<Ledger> work) {
        database.write(jdbc -> {
            work.accept(new Ledger(jdbc));
            return true;
        });
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
                });
        return database;
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void segmentsAreListedByStartWithTheOneThatRunsIntoTheRange(Dialect dialect) {
        inOneTransaction(
                dialect,
                ledger -> {
                    for (int i = 0; i < 5; i++) {
                        Segment segment = minute("cam1", i);
                        Segment other = minute("cam2", i);
                        assertThat(ledger.insert(segment)).isTrue();
                        assertThat(ledger.insert(segment)).isFalse();
                        ledger.insert(other);
                    }
                    long from = START.plusSeconds(90).toEpochMilli();
                    long until = START.plusSeconds(240).toEpochMilli();
                    assertThat(ledger.listSegments("cam1", from, until))
                            .containsExactly(
                                    minute("cam1", 1), minute("cam1", 2), minute("cam1", 3));
                    SegmentName name = SegmentName.of("cam1", START.plusSeconds(60), 1);
                    assertThat(ledger.findSegment(name)).contains(minute("cam1", 1));
                    assertThat(ledger.accountedUntil("cam1"))
                            .contains(START.plusSeconds(300).toEpochMilli());
                    assertThat(ledger.accountedUntil("cam9")).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsMarkedIsListedNoMoreAndRemovingItTakesItOffTheTotals(Dialect dialect) {
        inOneTransaction(
                dialect,
                ledger -> {
                    ledger.insert(minute("cam1", 0));
                    ledger.insert(minute("cam1", 1));
                    assertThat(ledger.totals("v1"))
                            .containsExactly(new Ledger.CameraTotal("cam1", 2001, 2));
                    assertThat(ledger.markDeleting(minute("cam1", 0), 5)).isTrue();
                    assertThat(ledger.listDeleting("v1")).containsExactly(minute("cam1", 0));
                    assertThat(ledger.listSegments("cam1", 0, Long.MAX_VALUE / 2))
                            .containsExactly(minute("cam1", 1));

                    ledger.remove(minute("cam1", 0));
                    ledger.remove(minute("cam1", 0));

                    assertThat(ledger.totals("v1"))
                            .containsExactly(new Ledger.CameraTotal("cam1", 1001, 1));
                    long quarter = START.toEpochMilli();
                    assertThat(ledger.quarters("cam1", quarter, quarter + 1))
                            .containsExactly(new QuarterShare(quarter, 59_000));
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void lockedSegmentsAreNeitherMarkedNorAmongTheOldest(Dialect dialect) {
        inOneTransaction(
                dialect,
                ledger -> {
                    ledger.insert(minute("cam1", 0));
                    ledger.insert(minute("cam1", 1));

                    ledger.setLocked("cam1", START.toEpochMilli(), true);

                    assertThat(ledger.markDeleting(minute("cam1", 0), 5)).isFalse();
                    assertThat(ledger.listOldest("v1", 10)).containsExactly(minute("cam1", 1));
                    assertThat(ledger.listOldest("v1", "cam1", Long.MAX_VALUE, 10))
                            .containsExactly(minute("cam1", 1));
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void idleTimeGrowsCountsAsAccountedAndGoesWhenItExpires(Dialect dialect) {
        inOneTransaction(
                dialect,
                ledger -> {
                    ledger.diary().putIdle("cam1", new TimeSet.Span(1000, 2000));
                    ledger.diary().putIdle("cam1", new TimeSet.Span(1000, 5000));
                    ledger.diary().putIdle("cam1", new TimeSet.Span(7000, 9000));
                    assertThat(ledger.diary().listIdle("cam1", 4000, 7001))
                            .containsExactly(
                                    new TimeSet.Span(1000, 5000), new TimeSet.Span(7000, 9000));
                    assertThat(ledger.accountedUntil("cam1")).contains(9000L);

                    ledger.expire("cam1", 6000);
                    assertThat(ledger.diary().listIdle("cam1", 0, 10_000))
                            .containsExactly(new TimeSet.Span(7000, 9000));
                    ledger.forget("cam1");
                    assertThat(ledger.accountedUntil("cam1")).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatHappenedIsAddedUpAndExpires(Dialect dialect) {
        inOneTransaction(
                dialect,
                ledger -> {
                    var some = new DiaryRows.LookedRow(900_000, 10, 20, new AnalysisCount(3, 2, 1));
                    ledger.diary().addLooked("cam1", some);
                    ledger.diary().addLooked("cam1", some);
                    ledger.diary()
                            .putInterest("cam1", Reason.MOTION, new TimeSet.Span(910_000, 920_000));
                    ledger.diary()
                            .putInterest("cam1", Reason.MOTION, new TimeSet.Span(910_000, 915_000));
                    ledger.diary()
                            .putInterest("cam1", Reason.OBJECT, new TimeSet.Span(911_000, 912_000));

                    assertThat(ledger.diary().listLooked("cam1", 900_000, 1_800_000))
                            .containsExactly(some.plus(some));
                    assertThat(
                                    ledger.diary()
                                            .listInterest(
                                                    "cam1", Reason.MOTION, 919_000, 1_000_000))
                            .containsExactly(new TimeSet.Span(910_000, 920_000));
                    assertThat(
                                    ledger.diary()
                                            .listInterest(
                                                    "cam1", Reason.OBJECT, 919_000, 1_000_000))
                            .isEmpty();

                    ledger.expire("cam1", 1_800_000);
                    assertThat(ledger.diary().listLooked("cam1", 0, Long.MAX_VALUE)).isEmpty();
                    assertThat(ledger.diary().listInterest("cam1", Reason.MOTION, 0, 1_000_000))
                            .isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aGapGrowsAndPoliciesAndExpiryAreKept(Dialect dialect) {
        inOneTransaction(
                dialect,
                ledger -> {
                    var gap = new Gap(START, START.plusSeconds(10), GapCause.NETWORK, "cable");
                    var longer = new Gap(START, START.plusSeconds(20), GapCause.DISK, null);
                    var policy = new PolicyRow("cam1", 7, RecordingPolicy.CONTINUOUS);
                    var later =
                            new PolicyRow(
                                    "cam1",
                                    9,
                                    new RecordingPolicy(
                                            RecordingPolicy.Mode.OFF,
                                            Duration.ofSeconds(30),
                                            Duration.ofDays(3),
                                            5L,
                                            new Rolls(
                                                    Duration.ofSeconds(1),
                                                    Duration.ofSeconds(2),
                                                    Duration.ofSeconds(3)),
                                            new WeekSchedule(
                                                    ZoneId.of("Asia/Jayapura"),
                                                    "XCMO...".repeat(48))));

                    ledger.putGap("cam1", gap);
                    ledger.putGap("cam1", longer);
                    ledger.policies().put(policy);
                    ledger.policies().put(later);

                    long from = START.plusSeconds(5).toEpochMilli();
                    assertThat(ledger.listGaps("cam1", from, from + 1)).containsExactly(longer);
                    assertThat(ledger.policies().list("cam1")).containsExactly(policy, later);
                    assertThat(ledger.policies().listCurrent()).containsExactly(later);

                    ledger.expire("cam1", START.plusSeconds(30).toEpochMilli());
                    ledger.expire("cam1", 1);

                    assertThat(ledger.expiredUntil("cam1"))
                            .isEqualTo(START.plusSeconds(30).toEpochMilli());
                    assertThat(ledger.listGaps("cam1", from, from + 1)).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theTimelineIsReadByIndexOnly(Dialect dialect) {
        try (var database = withVolume(dialect)) {
            database.write(jdbc ->
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
                    database.read(jdbc ->
                            jdbc.sql(dialect.explain(Ledger.TIMELINE))
                                    .param("camera", "cam1")
                                    .param("from", 60_000_000L)
                                    .param("until", 146_400_000L)
                                    .query((row, _) ->
                                            row.getString(row.getMetaData().getColumnCount()))
                                    .list());
            assertThat(plan)
                    .noneMatch(step -> step.startsWith("SCAN ") || step.contains("Seq Scan"));
            assertThat(String.join("\n", plan)).containsIgnoringCase("index");
        }
    }
}
