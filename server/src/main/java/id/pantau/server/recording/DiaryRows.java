package id.pantau.server.recording;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables of what happened at cameras and what came of it. Every method runs inside a read or a
/// write of the database. They expire with the rest of the [Ledger].
final class DiaryRows {
    private final JdbcClient jdbc;

    DiaryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes a span in which something moved or was recognised, or moves its end.
    void putInterest(String camera, Reason kind, TimeSet.Span span) {
        jdbc.sql(
                        """
                        insert into recording_interest (camera, kind, start_at_ms, end_at_ms)
                        values (:camera, :kind, :start, :end)
                        on conflict (camera, kind, start_at_ms) do update
                           set end_at_ms = excluded.end_at_ms
                         where recording_interest.end_at_ms < excluded.end_at_ms
                        """)
                .param("camera", camera)
                .param("kind", kind.name())
                .param("start", span.startMs())
                .param("end", span.endMs())
                .update();
    }

    /// By start; a span begins at most [Trigger#LONGEST] before it reaches into the range.
    List<TimeSet.Span> listInterest(String camera, Reason kind, long fromMs, long untilMs) {
        return jdbc.sql(
                        """
                        select start_at_ms, end_at_ms from recording_interest
                         where camera = :camera and kind = :kind and start_at_ms >= :earliest
                           and start_at_ms < :until and end_at_ms >= :from
                         order by start_at_ms
                        """)
                .param("camera", camera)
                .param("kind", kind.name())
                .param("earliest", fromMs - Trigger.LONGEST.toMillis())
                .param("from", fromMs)
                .param("until", untilMs)
                .query((row, _) -> new TimeSet.Span(row.getLong(1), row.getLong(2)))
                .list();
    }

    /// @param startMs of the quarter of an hour
    record LookedRow(long startMs, long mediaMs, long mediaBytes, AnalysisCount count) {
        LookedRow plus(LookedRow other) {
            return new LookedRow(
                    startMs,
                    mediaMs + other.mediaMs,
                    mediaBytes + other.mediaBytes,
                    count.plus(other.count));
        }
    }

    void addLooked(String camera, LookedRow row) {
        jdbc.sql(
                        """
                        insert into recording_looked (camera, start_at_ms, media_ms, media_bytes,
                          looked, with_motion, with_detection)
                        values (:camera, :start, :ms, :bytes, :looked, :motion, :detection)
                        on conflict (camera, start_at_ms) do update
                           set media_ms = recording_looked.media_ms + excluded.media_ms,
                               media_bytes = recording_looked.media_bytes + excluded.media_bytes,
                               looked = recording_looked.looked + excluded.looked,
                               with_motion = recording_looked.with_motion + excluded.with_motion,
                               with_detection =
                                 recording_looked.with_detection + excluded.with_detection
                        """)
                .param("camera", camera)
                .param("start", row.startMs())
                .param("ms", row.mediaMs())
                .param("bytes", row.mediaBytes())
                .param("looked", row.count().looked())
                .param("motion", row.count().withMotion())
                .param("detection", row.count().withDetection())
                .update();
    }

    List<LookedRow> listLooked(String camera, long fromMs, long untilMs) {
        return jdbc.sql(
                        """
                        select start_at_ms, media_ms, media_bytes, looked, with_motion,
                               with_detection
                          from recording_looked
                         where camera = :camera and start_at_ms >= :from and start_at_ms < :until
                         order by start_at_ms
                        """)
                .param("camera", camera)
                .param("from", fromMs)
                .param("until", untilMs)
                .query((row, _) ->
                        new LookedRow(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                new AnalysisCount(row.getLong(4), row.getLong(5), row.getLong(6))))
                .list();
    }

    /// Writes idle time, or moves the end of what began at the same moment.
    void putIdle(String camera, TimeSet.Span span) {
        jdbc.sql(
                        """
                        insert into recording_idle (camera, start_at_ms, end_at_ms)
                        values (:camera, :start, :end)
                        on conflict (camera, start_at_ms) do update
                           set end_at_ms = excluded.end_at_ms
                        """)
                .param("camera", camera)
                .param("start", span.startMs())
                .param("end", span.endMs())
                .update();
    }

    List<TimeSet.Span> listIdle(String camera, long fromMs, long untilMs) {
        return jdbc.sql(
                        """
                        select start_at_ms, end_at_ms from recording_idle
                         where camera = :camera
                           and start_at_ms >= coalesce(
                                 (select max(start_at_ms) from recording_idle
                                   where camera = :camera and start_at_ms <= :from), :from)
                           and start_at_ms < :until
                         order by start_at_ms
                        """)
                .param("camera", camera)
                .param("from", fromMs)
                .param("until", untilMs)
                .query((row, _) -> new TimeSet.Span(row.getLong(1), row.getLong(2)))
                .list();
    }
}
