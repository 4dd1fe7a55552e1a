package id.pantau.server.recording;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table of what was wanted. Every method runs inside a read or a write of the database.
final class PolicyRows {
    private static final String COLUMNS =
            "camera, from_ms, mode, segment_ms, retention_ms, retention_bytes, pre_roll_ms,"
                    + " post_roll_ms, merge_ms, week, zone";

    private final JdbcClient jdbc;

    PolicyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(PolicyRow row) {
        Duration retention = row.policy().retention();
        Rolls rolls = row.policy().rolls();
        WeekSchedule week = row.policy().week();
        jdbc.sql(
                        """
                        insert into recording_policy (camera, from_ms, mode, segment_ms,
                          retention_ms, retention_bytes, pre_roll_ms, post_roll_ms, merge_ms,
                          week, zone)
                        values (:camera, :from, :mode, :segment, :retention, :bytes, :pre, :post,
                          :merge, :week, :zone)
                        on conflict (camera, from_ms) do update
                           set mode = excluded.mode, segment_ms = excluded.segment_ms,
                               retention_ms = excluded.retention_ms,
                               retention_bytes = excluded.retention_bytes,
                               pre_roll_ms = excluded.pre_roll_ms,
                               post_roll_ms = excluded.post_roll_ms,
                               merge_ms = excluded.merge_ms,
                               week = excluded.week, zone = excluded.zone
                        """)
                .param("camera", row.camera())
                .param("from", row.fromMs())
                .param("mode", row.policy().mode().name())
                .param("segment", row.policy().segment().toMillis())
                .param("retention", retention == null ? null : retention.toMillis())
                .param("bytes", row.policy().retentionBytes())
                .param("pre", rolls.pre().toMillis())
                .param("post", rolls.post().toMillis())
                .param("merge", rolls.merge().toMillis())
                .param("week", week == null ? null : week.slots())
                .param("zone", week == null ? null : week.zone().getId())
                .update();
    }

    /// Policies of a camera, by the moment they came into force.
    List<PolicyRow> list(String camera) {
        return jdbc.sql(
                        """
                        select %s from recording_policy where camera = :camera order by from_ms
                        """
                                .formatted(COLUMNS))
                .param("camera", camera)
                .query(PolicyRows::policy)
                .list();
    }

    /// The last policy of every camera that ever had one.
    List<PolicyRow> listCurrent() {
        return jdbc.sql(
                        """
                        select %s from recording_policy p
                         where from_ms = (select max(from_ms) from recording_policy l
                                           where l.camera = p.camera)
                         order by camera
                        """
                                .formatted(COLUMNS))
                .query(PolicyRows::policy)
                .list();
    }

    private static PolicyRow policy(ResultSet row, int index) throws SQLException {
        long retentionMs = row.getLong("retention_ms");
        Duration retention = row.wasNull() ? null : Duration.ofMillis(retentionMs);
        long retentionBytes = row.getLong("retention_bytes");
        Long bytes = row.wasNull() ? null : retentionBytes;
        String slots = row.getString("week");
        WeekSchedule week =
                slots == null ? null : new WeekSchedule(ZoneId.of(row.getString("zone")), slots);
        return new PolicyRow(
                row.getString("camera"),
                row.getLong("from_ms"),
                new RecordingPolicy(
                        RecordingPolicy.Mode.valueOf(row.getString("mode")),
                        Duration.ofMillis(row.getLong("segment_ms")),
                        retention,
                        bytes,
                        new Rolls(
                                Duration.ofMillis(row.getLong("pre_roll_ms")),
                                Duration.ofMillis(row.getLong("post_roll_ms")),
                                Duration.ofMillis(row.getLong("merge_ms"))),
                        week));
    }
}
