package id.pantau.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The day timeline of one camera among 8 million recorded segments: 32 cameras, 180 days, 60 s
/// each, in SQLite. Measured over HTTP as the browser asks for it, and for six months of calendar
/// days.
final class Timeline implements Benchmark {
    private static final int CAMERAS = 32;
    private static final int DAYS = 180;
    private static final long SEGMENT_MS = 60_000;
    private static final int WARM_UP = 1500;
    private static final int ROUNDS = 100;

    @Override
    public String name() {
        return "timeline";
    }

    @Override
    public String about() {
        return "day timeline among 8 million segments; the length is ignored";
    }

    @Override
    public Duration defaultLength() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Report run(Duration length) throws Exception {
        Path home = Scratch.empty("timeline").resolve("home");
        try (var server = ServerProcess.start(home, List.of())) {
            server.awaitReady(Duration.ofSeconds(60));
            for (int i = 1; i <= CAMERAS; i++) {
                server.addCamera("cam" + i, "rtsp://127.0.0.1:9/none");
            }
            server.close();
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            long rows = fill(home.resolve("db/core.db"), today);
            server.restart();
            server.awaitReady(Duration.ofSeconds(120));
            List<Double> day = new ArrayList<>();
            List<Double> months = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            try (var http = HttpClient.newHttpClient();
                    var database = open(home)) {
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    if (round == 0) {
                        day.clear();
                        months.clear();
                        bare.clear();
                    }
                    LocalDate date = today.minusDays(1 + Math.floorMod(round, DAYS - 2));
                    String id = "cam" + (Math.floorMod(round, CAMERAS) + 1);
                    String camera = "/api/v1/cameras/" + id;
                    Instant from = date.atStartOfDay().toInstant(ZoneOffset.UTC);
                    String range = "?from=%s&until=%s".formatted(from, from.plusSeconds(86_400));
                    bare.add(rows(database, id, from));
                    day.add(milliseconds(http, server, camera + "/coverage" + range));
                    months.add(
                            milliseconds(
                                    http,
                                    server,
                                    camera
                                            + "/days?zone=Asia/Jakarta&from=%s&until=%s"
                                                    .formatted(today.minusDays(DAYS), today)));
                }
            }
            double dayMs = median(day);
            double bareMs = median(bare);
            return new Report(name())
                    .setting("segments", rows)
                    .setting("rounds", ROUNDS)
                    .setting("warmUp", WARM_UP)
                    .atMost("one camera, one day, median", dayMs, "ms", 5)
                    .figure("one camera, one day, slowest of all", day.getLast(), "ms")
                    .figure("its rows read by bare JDBC, median", bareMs, "ms")
                    .figure("ratio to bare JDBC", dayMs / bareMs, "")
                    .atMost("days of six months, median", median(months), "ms", 300)
                    .figure("days of six months, slowest of all", months.getLast(), "ms");
        }
    }

    private static double milliseconds(HttpClient http, ServerProcess server, String path)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", "Bearer " + server.token())
                        .build();
        long start = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double elapsed = (System.nanoTime() - start) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return elapsed;
    }

    private static Connection open(Path home) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("db/core.db"));
    }

    /// The peer: nothing but the rows of the day, in this process, without HTTP, rights or gaps.
    private static double rows(Connection database, String camera, Instant from)
            throws SQLException {
        long start = System.nanoTime();
        int found = 0;
        try (var statement =
                database.prepareStatement(
                        """
                        select start_at_ms, end_at_ms, reason, size_bytes from segment
                         where camera = ? and start_at_ms >= ? and start_at_ms < ?
                         order by start_at_ms\
                        """)) {
            statement.setString(1, camera);
            statement.setLong(2, from.toEpochMilli());
            statement.setLong(3, from.plusSeconds(86_400).toEpochMilli());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    boolean sane =
                            rows.getLong(1) < rows.getLong(2)
                                    && !rows.getString(3).isEmpty()
                                    && rows.getLong(4) > 0;
                    found += sane ? 1 : 0;
                }
            }
        }
        double elapsed = (System.nanoTime() - start) / 1e6;
        if (found != 86_400_000 / SEGMENT_MS) {
            throw new IllegalStateException("%s has %d rows on %s".formatted(camera, found, from));
        }
        return elapsed;
    }

    private static double median(List<Double> values) {
        values.sort(null);
        return values.get(values.size() / 2);
    }

    /// Writes the rows as the recorder would have left them.
    private static long fill(Path database, LocalDate today) throws SQLException {
        long first = today.minusDays(DAYS).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        long perCamera = DAYS * 86_400_000L / SEGMENT_MS;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.setAutoCommit(false);
            String volume = volume(connection);
            try (PreparedStatement segment =
                            connection.prepareStatement(
                                    """
                                    insert into segment (camera, start_at_ms, end_at_ms, recorded_ms, volume, file,
                                                         stream, reason, size_bytes, video_codec)
                                    values (?, ?, ?, ?, ?, ?, 'main', 'continuous', 30000000, 'H264')\
                                    """);
                    PreparedStatement quarter =
                            connection.prepareStatement(
                                    """
                                    insert into recording_quarter (camera, start_at_ms, recorded_ms)
                                    values (?, ?, 900000)\
                                    """)) {
                for (int camera = 1; camera <= CAMERAS; camera++) {
                    for (long i = 0; i < perCamera; i++) {
                        long start = first + i * SEGMENT_MS;
                        segment.setString(1, "cam" + camera);
                        segment.setLong(2, start);
                        segment.setLong(3, start + SEGMENT_MS);
                        segment.setLong(4, SEGMENT_MS);
                        segment.setString(5, volume);
                        segment.setString(6, "cam%d_%d".formatted(camera, start));
                        segment.addBatch();
                        if (start % 900_000 == 0) {
                            quarter.setString(1, "cam" + camera);
                            quarter.setLong(2, start);
                            quarter.addBatch();
                        }
                        if (i % 10_000 == 9_999) {
                            segment.executeBatch();
                            quarter.executeBatch();
                        }
                    }
                    segment.executeBatch();
                    quarter.executeBatch();
                    connection.commit();
                }
            }
        }
        return CAMERAS * perCamera;
    }

    private static String volume(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from volume")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
