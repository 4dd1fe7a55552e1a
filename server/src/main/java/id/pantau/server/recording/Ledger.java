package id.pantau.server.recording;

import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables of the recorder. Every method runs inside a read or a write of the database.
final class Ledger {
    static final long QUARTER_MS = 900_000;

    private static final String SEGMENT_COLUMNS =
            "camera, start_at_ms, end_at_ms, recorded_ms, volume, file, stream, reason, size_bytes,"
                    + " video_codec, audio_codec, locked";

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // -- segments ------------------------------------------------------------------------------

    /// The statement of the timeline: the one segment that runs into the range, and all that begin
    /// in it. As segments of a camera never overlap, one step back in the primary key finds it.
    static final String TIMELINE = timeline(SEGMENT_COLUMNS);

    /// Text costs more than the rest of the row; what is the same in nearly all rows comes as null.
    private static final String FOOTAGE =
            timeline(
                    "start_at_ms, end_at_ms, size_bytes, nullif(reason, '%s')"
                            .formatted(Footage.USUAL_REASON));

    private static String timeline(String columns) {
        return """
        select %s
          from segment
         where camera = :camera
           and start_at_ms >= coalesce(
                 (select max(start_at_ms) from segment
                   where camera = :camera and start_at_ms <= :from), :from)
           and start_at_ms < :until
           and deleting_at_ms is null
         order by start_at_ms
        """
                .formatted(columns);
    }

    /// Like [#listSegments], for the coverage.
    FootageRuns footage(String camera, long fromMs, long untilMs) {
        var runs = new FootageRuns();
        jdbc.sql(FOOTAGE)
                .param("camera", camera)
                .param("from", fromMs)
                .param("until", untilMs)
                .query(row -> {
                    long endMs = row.getLong(2);
                    if (endMs > fromMs) {
                        String reason = row.getString(4);
                        runs.append(
                                new Footage(
                                        row.getLong(1),
                                        endMs,
                                        reason == null ? Footage.USUAL_REASON : reason,
                                        row.getLong(3)));
                    }
                });
        return runs;
    }

    List<Segment> listSegments(String camera, long fromMs, long untilMs) {
        return jdbc
                .sql(TIMELINE)
                .param("camera", camera)
                .param("from", fromMs)
                .param("until", untilMs)
                .query(Ledger::segment)
                .list()
                .stream()
                .filter(segment -> segment.endMs() > fromMs)
                .toList();
    }

    Optional<Segment> findSegment(SegmentName name) {
        long secondMs = name.second().toEpochMilli();
        return jdbc.sql(
                        """
                        select %s from segment
                         where camera = :camera and start_at_ms >= :second
                           and start_at_ms < :second + 1000 and file = :file
                           and deleting_at_ms is null
                        """
                                .formatted(SEGMENT_COLUMNS))
                .param("camera", name.camera())
                .param("second", secondMs)
                .param("file", name.id())
                .query(Ledger::segment)
                .optional();
    }

    /// Every segment row of a camera on a volume, those being deleted too, by start.
    List<Segment> listAll(String camera, String volume) {
        return jdbc.sql(
                        "select %s from segment where camera = :camera and volume = :volume order by start_at_ms"
                                .formatted(SEGMENT_COLUMNS))
                .param("camera", camera)
                .param("volume", volume)
                .query(Ledger::segment)
                .list();
    }

    /// Names of files that retention has marked and perhaps not finished.
    List<Segment> listDeleting(String volume) {
        return jdbc.sql(
                        "select %s from segment where volume = :volume and deleting_at_ms is not null order by deleting_at_ms, start_at_ms"
                                .formatted(SEGMENT_COLUMNS))
                .param("volume", volume)
                .query(Ledger::segment)
                .list();
    }

    /// @return whether it was new; a row of the same camera and start is left as it is
    boolean insert(Segment segment) {
        int rows =
                jdbc.sql(
                                """
                                insert into segment (camera, start_at_ms, end_at_ms, recorded_ms,
                                  volume, file, stream, reason, size_bytes, video_codec,
                                  audio_codec, locked)
                                values (:camera, :start, :end, :recorded, :volume, :file, :stream,
                                  :reason, :size, :video, :audio, :locked)
                                on conflict (camera, start_at_ms) do nothing
                                """)
                        .param("camera", segment.camera())
                        .param("start", segment.startMs())
                        .param("end", segment.endMs())
                        .param("recorded", segment.recorded().toMillis())
                        .param("volume", segment.volume())
                        .param("file", segment.id())
                        .param("stream", segment.stream())
                        .param("reason", segment.reason())
                        .param("size", segment.sizeBytes())
                        .param("video", nameOf(segment.videoCodec()))
                        .param("audio", nameOf(segment.audioCodec()))
                        .param("locked", segment.locked())
                        .update();
        if (rows == 1) {
            addToTotals(segment, 1);
        }
        return rows == 1;
    }

    private static @Nullable String nameOf(@Nullable Codec codec) {
        return codec == null ? null : codec.name();
    }

    /// Takes footage out of every list; its file goes next. A locked one stays.
    ///
    /// @return whether it may be unlinked now
    boolean markDeleting(Segment segment, long nowMs) {
        return jdbc.sql(
                                """
                                update segment set deleting_at_ms = coalesce(deleting_at_ms, :now)
                                 where camera = :camera and start_at_ms = :start
                                   and file = :file and not locked
                                """)
                        .param("now", nowMs)
                        .param("camera", segment.camera())
                        .param("start", segment.startMs())
                        .param("file", segment.id())
                        .update()
                == 1;
    }

    void remove(Segment segment) {
        int rows =
                jdbc.sql(
                                "delete from segment where camera = :camera and start_at_ms = :start and file = :file")
                        .param("camera", segment.camera())
                        .param("start", segment.startMs())
                        .param("file", segment.id())
                        .update();
        if (rows == 1) {
            addToTotals(segment, -1);
        }
    }

    void setLocked(String camera, long startMs, boolean locked) {
        jdbc.sql(
                        "update segment set locked = :locked where camera = :camera and start_at_ms = :start and deleting_at_ms is null")
                .param("locked", locked)
                .param("camera", camera)
                .param("start", startMs)
                .update();
    }

    /// Unlocked segments of a volume, oldest first, over all cameras.
    List<Segment> listOldest(String volume, int limit) {
        return jdbc.sql(
                        """
                        select %s from segment
                         where volume = :volume and deleting_at_ms is null and not locked
                         order by start_at_ms limit :limit
                        """
                                .formatted(SEGMENT_COLUMNS))
                .param("volume", volume)
                .param("limit", limit)
                .query(Ledger::segment)
                .list();
    }

    /// Unlocked segments of a camera that ended before a moment, oldest first.
    List<Segment> listOldest(String volume, String camera, long beforeMs, int limit) {
        return jdbc.sql(
                        """
                        select %s from segment
                         where camera = :camera and volume = :volume and start_at_ms < :before
                           and end_at_ms <= :before and deleting_at_ms is null and not locked
                         order by start_at_ms limit :limit
                        """
                                .formatted(SEGMENT_COLUMNS))
                .param("camera", camera)
                .param("volume", volume)
                .param("before", beforeMs)
                .param("limit", limit)
                .query(Ledger::segment)
                .list();
    }

    /// Up to when a camera is accounted for: the end of its last segment, gap or idle time.
    Optional<Long> accountedUntil(String camera) {
        return jdbc.sql(
                        """
                        select max(end_at_ms) from (
                          select * from (select end_at_ms from segment where camera = :camera
                            order by start_at_ms desc limit 1) s
                          union all
                          select * from (select end_at_ms from recording_gap where camera = :camera
                            order by start_at_ms desc limit 1) g
                          union all
                          select * from (select end_at_ms from recording_idle where camera = :camera
                            order by start_at_ms desc limit 1) i) last
                        """)
                .param("camera", camera)
                .query((row, _) -> maybeLong(row))
                .single();
    }

    /// The first column; empty for null.
    private static Optional<Long> maybeLong(ResultSet row) throws SQLException {
        long value = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<Instant> oldestStart(String volume) {
        return jdbc.sql("select min(start_at_ms) from segment where volume = :volume")
                .param("volume", volume)
                .query((row, _) -> maybeLong(row))
                .single()
                .map(Instant::ofEpochMilli);
    }

    private static Segment segment(ResultSet row, int index) throws SQLException {
        return new Segment(
                row.getString("file"),
                row.getString("camera"),
                row.getString("stream"),
                Instant.ofEpochMilli(row.getLong("start_at_ms")),
                Instant.ofEpochMilli(row.getLong("end_at_ms")),
                Duration.ofMillis(row.getLong("recorded_ms")),
                row.getString("volume"),
                row.getLong("size_bytes"),
                row.getString("reason"),
                codec(row.getString("video_codec")),
                codec(row.getString("audio_codec")),
                row.getBoolean("locked"),
                false);
    }

    private static @Nullable Codec codec(@Nullable String name) {
        return name == null ? null : Codec.valueOf(name);
    }

    // -- totals --------------------------------------------------------------------------------

    private void addToTotals(Segment segment, int sign) {
        jdbc.sql(
                        """
                        insert into recording_total (volume, camera, size_bytes, segments)
                        values (:volume, :camera, :size, :count)
                        on conflict (volume, camera) do update
                           set size_bytes = recording_total.size_bytes + excluded.size_bytes,
                               segments = recording_total.segments + excluded.segments
                        """)
                .param("volume", segment.volume())
                .param("camera", segment.camera())
                .param("size", sign * segment.sizeBytes())
                .param("count", sign)
                .update();
        for (QuarterShare share : QuarterShare.of(segment)) {
            jdbc.sql(
                            """
                            insert into recording_quarter (camera, start_at_ms, recorded_ms)
                            values (:camera, :start, :recorded)
                            on conflict (camera, start_at_ms) do update
                               set recorded_ms = recording_quarter.recorded_ms + excluded.recorded_ms
                            """)
                    .param("camera", segment.camera())
                    .param("start", share.startMs())
                    .param("recorded", sign * share.recordedMs())
                    .update();
        }
    }

    record CameraTotal(String camera, long sizeBytes, long segments) {}

    List<CameraTotal> totals(String volume) {
        return jdbc.sql(
                        "select camera, size_bytes, segments from recording_total where volume = :volume order by camera")
                .param("volume", volume)
                .query((row, _) ->
                        new CameraTotal(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    List<QuarterShare> quarters(String camera, long fromMs, long untilMs) {
        return jdbc.sql(
                        """
                        select start_at_ms, recorded_ms from recording_quarter
                         where camera = :camera and start_at_ms >= :from and start_at_ms < :until
                           and recorded_ms > 0
                         order by start_at_ms
                        """)
                .param("camera", camera)
                .param("from", fromMs)
                .param("until", untilMs)
                .query((row, _) -> new QuarterShare(row.getLong(1), row.getLong(2)))
                .list();
    }

    // -- gaps ----------------------------------------------------------------------------------

    /// Writes a gap, or moves the end and the cause of one that began at the same moment.
    void putGap(String camera, Gap gap) {
        jdbc.sql(
                        """
                        insert into recording_gap (camera, start_at_ms, end_at_ms, cause, detail)
                        values (:camera, :start, :end, :cause, :detail)
                        on conflict (camera, start_at_ms) do update
                           set end_at_ms = excluded.end_at_ms, cause = excluded.cause,
                               detail = excluded.detail
                        """)
                .param("camera", camera)
                .param("start", gap.start().toEpochMilli())
                .param("end", gap.end().toEpochMilli())
                .param("cause", gap.cause().name())
                .param("detail", gap.detail())
                .update();
    }

    /// Takes back a gap that was written while it ran and turned out to be shorter than a gap is.
    void removeGap(String camera, long startMs) {
        jdbc.sql("delete from recording_gap where camera = :camera and start_at_ms = :start")
                .param("camera", camera)
                .param("start", startMs)
                .update();
    }

    List<Gap> listGaps(String camera, long fromMs, long untilMs) {
        return jdbc.sql(
                        """
                        select start_at_ms, end_at_ms, cause, detail from recording_gap
                         where camera = :camera
                           and start_at_ms >= coalesce(
                                 (select max(start_at_ms) from recording_gap
                                   where camera = :camera and start_at_ms <= :from), :from)
                           and start_at_ms < :until and end_at_ms > start_at_ms
                         order by start_at_ms
                        """)
                .param("camera", camera)
                .param("from", fromMs)
                .param("until", untilMs)
                .query((row, _) ->
                        new Gap(
                                Instant.ofEpochMilli(row.getLong("start_at_ms")),
                                Instant.ofEpochMilli(row.getLong("end_at_ms")),
                                GapCause.valueOf(row.getString("cause")),
                                row.getString("detail")))
                .list();
    }

    // -- what happened -------------------------------------------------------------------------

    /// What happened at cameras, in the same transaction.
    DiaryRows diary() {
        return new DiaryRows(jdbc);
    }

    // -- what was wanted -----------------------------------------------------------------------

    /// In the same transaction.
    PolicyRows policies() {
        return new PolicyRows(jdbc);
    }

    /// What lies before is expired, not missing. Moves forwards only.
    void expire(String camera, long untilMs) {
        jdbc.sql(
                        """
                        insert into recording_expiry (camera, until_ms) values (:camera, :until)
                        on conflict (camera) do update set until_ms = excluded.until_ms
                         where recording_expiry.until_ms < excluded.until_ms
                        """)
                .param("camera", camera)
                .param("until", untilMs)
                .update();
        for (String table : List.of("recording_gap", "recording_idle", "recording_interest")) {
            jdbc.sql(
                            "delete from %s where camera = :camera and end_at_ms <= :until"
                                    .formatted(table))
                    .param("camera", camera)
                    .param("until", untilMs)
                    .update();
        }
        jdbc.sql("delete from recording_looked where camera = :camera and start_at_ms <= :before")
                .param("camera", camera)
                .param("before", untilMs - QUARTER_MS)
                .update();
    }

    long expiredUntil(String camera) {
        return jdbc.sql("select until_ms from recording_expiry where camera = :camera")
                .param("camera", camera)
                .query(Long.class)
                .optional()
                .orElse(Long.MIN_VALUE);
    }

    void forget(String camera) {
        for (String table :
                List.of(
                        "recording_gap",
                        "recording_idle",
                        "recording_interest",
                        "recording_looked",
                        "recording_policy",
                        "recording_expiry")) {
            jdbc.sql("delete from %s where camera = :camera".formatted(table))
                    .param("camera", camera)
                    .update();
        }
    }

    // -- volumes -------------------------------------------------------------------------------

    record VolumeRow(String id, String path, long createdAtMs) {}

    List<VolumeRow> listVolumes() {
        return jdbc.sql("select id, path, created_at_ms from volume order by path")
                .query((row, _) ->
                        new VolumeRow(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    void putVolume(VolumeRow row) {
        jdbc.sql(
                        """
                        insert into volume (id, path, created_at_ms) values (:id, :path, :created)
                        on conflict (id) do update set path = excluded.path
                        """)
                .param("id", row.id())
                .param("path", row.path())
                .param("created", row.createdAtMs())
                .update();
    }

    /// Cameras that have rows on a volume.
    Collection<String> camerasOn(String volume) {
        return jdbc.sql(
                        "select distinct camera from segment where volume = :volume order by camera")
                .param("volume", volume)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
