package id.pantau.server.camera;

import id.pantau.server.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of the tables `camera_check` and `camera_finding`: of each camera its newest
/// examination.
public final class FindingRepository {
    private static final Comparator<CameraFinding> WORST_FIRST =
            Comparator.comparing((CameraFinding one) -> one.finding().severity())
                    .reversed()
                    .thenComparing(CameraFinding::part)
                    .thenComparing(one -> one.finding().code());

    private record Row(CameraId camera, CameraFinding finding) {}

    private final Database database;

    public FindingRepository(Database database) {
        this.database = database;
    }

    /// By id.
    List<CheckedCamera> list() {
        return database.read(jdbc -> {
            var at = new LinkedHashMap<CameraId, Instant>();
            jdbc.sql("select camera, at_ms from camera_check order by camera")
                    .query(row -> {
                        at.put(
                                new CameraId(row.getString("camera")),
                                Instant.ofEpochMilli(row.getLong("at_ms")));
                    });
            Map<CameraId, List<Row>> rows =
                    jdbc
                            .sql(
                                    """
                                    select camera, part, code, severity, detail, params, since_ms
                                    from camera_finding
                                    """)
                            .query((row, _) -> read(row))
                            .list()
                            .stream()
                            .collect(Collectors.groupingBy(Row::camera));
            return at.entrySet().stream()
                    .map(one ->
                            checked(
                                    one.getKey(),
                                    one.getValue(),
                                    rows.getOrDefault(one.getKey(), List.of())))
                    .toList();
        });
    }

    Optional<CheckedCamera> find(CameraId camera) {
        return list().stream().filter(one -> one.camera().equals(camera)).findFirst();
    }

    /// Puts an examination in the place of the one before. What was found then, too, keeps since
    /// when it is known; what was not found again goes.
    CheckedCamera replace(CameraId camera, Instant at, Map<CameraPart, List<Finding>> found) {
        return database.write(jdbc -> {
            Map<String, Instant> since = known(jdbc, camera);
            delete(jdbc, camera);
            jdbc.sql("insert into camera_check (camera, at_ms) values (:camera, :atMs)")
                    .param("camera", camera.value())
                    .param("atMs", at.toEpochMilli())
                    .update();
            var kept = new HashMap<String, CameraFinding>();
            found.forEach((part, findings) ->
                    findings.forEach(finding -> {
                        String key = key(part.text(), finding.code());
                        var one = new CameraFinding(part, finding, since.getOrDefault(key, at));
                        if (kept.putIfAbsent(key, one) == null) {
                            insert(jdbc, camera, one);
                        }
                    }));
            return new CheckedCamera(
                    camera, at, kept.values().stream().sorted(WORST_FIRST).toList());
        });
    }

    void delete(CameraId camera) {
        database.write(jdbc -> delete(jdbc, camera));
    }

    private static int delete(JdbcClient jdbc, CameraId camera) {
        jdbc.sql("delete from camera_finding where camera = :camera")
                .param("camera", camera.value())
                .update();
        return jdbc.sql("delete from camera_check where camera = :camera")
                .param("camera", camera.value())
                .update();
    }

    private static Map<String, Instant> known(JdbcClient jdbc, CameraId camera) {
        var since = new HashMap<String, Instant>();
        jdbc.sql("select part, code, since_ms from camera_finding where camera = :camera")
                .param("camera", camera.value())
                .query(row -> {
                    since.put(
                            key(row.getString("part"), row.getString("code")),
                            Instant.ofEpochMilli(row.getLong("since_ms")));
                });
        return since;
    }

    private static String key(String part, String code) {
        return part + " " + code;
    }

    private static void insert(JdbcClient jdbc, CameraId camera, CameraFinding one) {
        Finding finding = one.finding();
        jdbc.sql(
                        """
                        insert into camera_finding (camera, part, code, severity, detail, params,
                          since_ms)
                        values (:camera, :part, :code, :severity, :detail, :params, :sinceMs)
                        """)
                .param("camera", camera.value())
                .param("part", one.part().text())
                .param("code", finding.code())
                .param("severity", finding.severity().name())
                .param("detail", oneLine(finding.detail()))
                .param("params", text(finding.params()))
                .param("sinceMs", one.since().toEpochMilli())
                .update();
    }

    private static CheckedCamera checked(CameraId camera, Instant at, List<Row> rows) {
        return new CheckedCamera(
                camera, at, rows.stream().map(Row::finding).sorted(WORST_FIRST).toList());
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                new CameraId(row.getString("camera")),
                new CameraFinding(
                        CameraPart.valueOf(row.getString("part").toUpperCase(Locale.ROOT)),
                        new Finding(
                                row.getString("code"),
                                Finding.Severity.valueOf(row.getString("severity")),
                                row.getString("detail"),
                                params(row.getString("params"))),
                        Instant.ofEpochMilli(row.getLong("since_ms"))));
    }

    /// `intervalMs=10000`, one a line.
    private static String text(Map<String, String> params) {
        var lines = new ArrayList<String>();
        new TreeMap<>(params).forEach((name, value) -> lines.add(name + "=" + oneLine(value)));
        return String.join("\n", lines);
    }

    /// A device's words may hold what PostgreSQL does not take (NUL) or what would break a line.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static Map<String, String> params(String text) {
        var params = new HashMap<String, String>();
        for (String line : text.isEmpty() ? List.<String>of() : List.of(text.split("\n", -1))) {
            int at = line.indexOf('=');
            params.put(line.substring(0, at), line.substring(at + 1));
        }
        return params;
    }
}
