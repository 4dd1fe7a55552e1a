package id.pantau.server.event;

import id.pantau.server.database.Database;
import id.pantau.vision.Box;
import id.pantau.vision.count.Crossing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of the tables `event`, `event_seen` and `crossing`.
public final class EventRepository {
    private static final String COLUMNS =
            """
            id, camera, type, label, score, track, place, place_name, direction, start_ms, end_ms,
            box, snapshot
            """;

    private final Database database;

    public EventRepository(Database database) {
        this.database = database;
    }

    /// Runs writes of events in one transaction.
    void together(Runnable writes) {
        database.write(_ -> {
            writes.run();
            return true;
        });
    }

    void put(Event event, List<PathPoint> path) {
        database.write(jdbc ->
                jdbc.sql(
                                """
                                insert into event (id, camera, type, label, score, track, place,
                                  place_name, direction, start_ms, end_ms, box, snapshot, path)
                                values (:id, :camera, :type, :label, :score, :track, :place,
                                  :placeName, :direction, :startMs, :endMs, :box, :snapshot, :path)
                                on conflict (id) do update set label = :label, score = :score,
                                  end_ms = :endMs, box = :box, snapshot = :snapshot, path = :path
                                """)
                        .params(columns(event, path))
                        .update());
    }

    void putCrossing(
            String camera,
            String line,
            long track,
            Crossing.Direction direction,
            String label,
            Instant at) {
        database.write(jdbc ->
                jdbc.sql(
                                """
                                insert into crossing (camera, line, track, at_ms, direction, label)
                                values (:camera, :line, :track, :atMs, :direction, :label)
                                on conflict (camera, line, at_ms, track) do nothing
                                """)
                        .param("camera", camera)
                        .param("line", line)
                        .param("track", track)
                        .param("atMs", at.toEpochMilli())
                        .param("direction", direction.name())
                        .param("label", label)
                        .update());
    }

    /// Events that were running when the server stopped end where they began, or where their path
    /// does.
    int endRunning() {
        return database.write(jdbc ->
                jdbc.sql("update event set end_ms = start_ms where end_ms is null").update());
    }

    public EventPage list(EventQuery query) {
        if (query.cameras() != null && query.cameras().isEmpty()) {
            return new EventPage(List.of(), null);
        }
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        values.put("reader", query.reader());
        values.put("limit", query.limit() + 1);
        among("camera", query.cameras(), conditions, values);
        if (!query.types().isEmpty()) {
            among(
                    "type",
                    query.types().stream().map(Enum::name).collect(Collectors.toSet()),
                    conditions,
                    values);
        }
        if (!query.labels().isEmpty()) {
            among("label", query.labels(), conditions, values);
        }
        if (query.from() != null) {
            conditions.add("start_ms >= :fromMs");
            values.put("fromMs", query.from().toEpochMilli());
        }
        if (query.until() != null) {
            conditions.add("start_ms < :untilMs");
            values.put("untilMs", query.until().toEpochMilli());
        }
        if (query.cursor() != null) {
            conditions.add("(start_ms < :cursorMs or (start_ms = :cursorMs and id < :cursorId))");
            values.put("cursorMs", query.cursor().startMs());
            values.put("cursorId", query.cursor().id());
        }
        String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        String sql =
                """
                select %s, quality, exists (select 1 from event_seen
                  where event_seen.event = event.id and username = :reader) as seen
                from event %s
                order by start_ms desc, id desc
                limit :limit
                """
                        .formatted(COLUMNS, where);
        List<EventPage.Row> rows =
                database.read(jdbc ->
                        jdbc.sql(sql)
                                .params(values)
                                .query((row, _) ->
                                        new EventPage.Row(
                                                event(row),
                                                row.getBoolean("seen"),
                                                PictureFlaw.parse(row.getString("quality"))))
                                .list());
        if (rows.size() <= query.limit()) {
            return new EventPage(rows, null);
        }
        List<EventPage.Row> page = List.copyOf(rows.subList(0, query.limit()));
        Event last = page.getLast().event();
        return new EventPage(page, new EventQuery.Cursor(last.start().toEpochMilli(), last.id()));
    }

    private static void among(
            String column,
            @Nullable Collection<String> wanted,
            List<String> conditions,
            Map<String, Object> values) {
        if (wanted != null) {
            conditions.add("%s in (:%s)".formatted(column, column));
            values.put(column, List.copyOf(wanted));
        }
    }

    public Optional<Event> find(String id) {
        return database.read(jdbc ->
                jdbc.sql("select %s from event where id = :id".formatted(COLUMNS))
                        .param("id", id)
                        .query((row, _) -> event(row))
                        .optional());
    }

    public List<PathPoint> path(String id) {
        return database.read(jdbc ->
                        jdbc.sql("select path from event where id = :id and path is not null")
                                .param("id", id)
                                .query(String.class)
                                .optional())
                .map(EventRepository::parsePath)
                .orElse(List.of());
    }

    public void markSeen(Collection<String> ids, String username) {
        database.write(jdbc -> {
            int marked = 0;
            for (String id : ids) {
                marked +=
                        jdbc.sql(
                                        """
                                        insert into event_seen (event, username)
                                        select id, :username from event where id = :id
                                        on conflict (event, username) do nothing
                                        """)
                                .param("id", id)
                                .param("username", username)
                                .update();
            }
            return marked;
        });
    }

    public List<LineCount> counts(String camera, Instant from, Instant until) {
        return database.read(jdbc ->
                jdbc.sql(
                                """
                                select line, direction, label, count(*) as passed from crossing
                                where camera = :camera and at_ms >= :fromMs and at_ms < :untilMs
                                group by line, direction, label order by line, direction, label
                                """)
                        .param("camera", camera)
                        .param("fromMs", from.toEpochMilli())
                        .param("untilMs", until.toEpochMilli())
                        .query((row, _) ->
                                new LineCount(
                                        row.getString("line"),
                                        Crossing.Direction.valueOf(row.getString("direction")),
                                        row.getString("label"),
                                        row.getLong("passed")))
                        .list());
    }

    /// Deletes the oldest events of a camera, no more than so many at once.
    ///
    /// @return their snapshots, with null for an event that had none
    List<@Nullable String> deleteOldest(String camera, Instant before, int most) {
        return database.write(jdbc -> {
            var snapshots = new ArrayList<@Nullable String>();
            var ids = new ArrayList<String>();
            jdbc.sql(
                            """
                            select id, snapshot from event
                            where camera = :camera and start_ms < :beforeMs
                            order by start_ms limit :most
                            """)
                    .param("camera", camera)
                    .param("beforeMs", before.toEpochMilli())
                    .param("most", most)
                    .query(row -> {
                        ids.add(row.getString("id"));
                        snapshots.add(row.getString("snapshot"));
                    });
            if (!ids.isEmpty()) {
                jdbc.sql("delete from event_seen where event in (:ids)").param("ids", ids).update();
                jdbc.sql("delete from event where id in (:ids)").param("ids", ids).update();
            }
            jdbc.sql("delete from crossing where camera = :camera and at_ms < :beforeMs")
                    .param("camera", camera)
                    .param("beforeMs", before.toEpochMilli())
                    .update();
            return snapshots;
        });
    }

    private static Map<String, @Nullable Object> columns(Event event, List<PathPoint> path) {
        var columns = new HashMap<String, @Nullable Object>();
        Box box = event.box();
        Instant end = event.end();
        Crossing.Direction direction = event.direction();
        columns.put("id", event.id());
        columns.put("camera", event.camera());
        columns.put("type", event.type().name());
        columns.put("label", event.label());
        columns.put("score", event.score());
        columns.put("track", event.track());
        columns.put("place", event.place());
        columns.put("placeName", event.placeName());
        columns.put("direction", direction == null ? null : direction.name());
        columns.put("startMs", event.start().toEpochMilli());
        columns.put("endMs", end == null ? null : end.toEpochMilli());
        columns.put("box", box == null ? null : text(box));
        columns.put("snapshot", event.snapshot());
        columns.put(
                "path",
                path.isEmpty()
                        ? null
                        : path.stream()
                                .map(point -> point.ms() + "," + text(point.box()))
                                .collect(Collectors.joining("\n")));
        return columns;
    }

    private static Event event(ResultSet row) throws SQLException {
        double score = row.getDouble("score");
        Double scored = row.wasNull() ? null : score;
        long track = row.getLong("track");
        Long tracked = row.wasNull() ? null : track;
        long end = row.getLong("end_ms");
        Instant ended = row.wasNull() ? null : Instant.ofEpochMilli(end);
        String direction = row.getString("direction");
        String box = row.getString("box");
        return new Event(
                row.getString("id"),
                row.getString("camera"),
                EventType.valueOf(row.getString("type")),
                row.getString("label"),
                scored,
                tracked,
                row.getString("place"),
                row.getString("place_name"),
                direction == null ? null : Crossing.Direction.valueOf(direction),
                Instant.ofEpochMilli(row.getLong("start_ms")),
                ended,
                box == null ? null : box(numbers(box), 0),
                row.getString("snapshot"));
    }

    private static String text(Box box) {
        return String.format(
                Locale.ROOT,
                "%.4f,%.4f,%.4f,%.4f",
                box.left(),
                box.top(),
                box.right(),
                box.bottom());
    }

    private static List<PathPoint> parsePath(String text) {
        return text.lines()
                .map(EventRepository::numbers)
                .map(numbers -> new PathPoint((long) numbers[0], box(numbers, 1)))
                .toList();
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    }

    private static Box box(double[] numbers, int from) {
        return new Box(numbers[from], numbers[from + 1], numbers[from + 2], numbers[from + 3]);
    }
}
