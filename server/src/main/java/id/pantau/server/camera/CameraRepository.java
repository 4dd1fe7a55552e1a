package id.pantau.server.camera;

import id.pantau.server.database.Database;
import id.pantau.server.onvif.DeviceAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of the table `camera`. Passwords are encrypted in it.
public final class CameraRepository {
    private static final Logger LOG = LoggerFactory.getLogger(CameraRepository.class);

    private final Database database;
    private final PasswordVault vault;

    public CameraRepository(Database database, PasswordVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /// By id. A password that cannot be decrypted is left out, and said so in the log: the camera
    /// answers "unauthorized" until it is typed in again, and the others go on.
    public List<Camera> list() {
        return database.read(jdbc ->
                jdbc.sql(
                                """
                                select id, name, enabled, main_url, main_transport, main_compat,
                                  sub_url, sub_transport, sub_compat, username, password_sealed, recording_mode,
                                  segment_ms, retention_days, retention_bytes, recording_when,
                                  pre_roll_ms, post_roll_ms, merge_ms, recording_week, lon, lat,
                                  heading_deg, labels, onvif_url, vision, created_at_ms
                                from camera order by id
                                """)
                        .query((row, _) -> read(row))
                        .list());
    }

    void insert(Camera camera) {
        database.write(jdbc ->
                jdbc.sql(
                                """
                                insert into camera (id, name, enabled, main_url,
                                  main_transport, main_compat, sub_url, sub_transport,
                                  sub_compat, username, password_sealed, recording_mode, segment_ms,
                                  retention_days, retention_bytes, recording_when, pre_roll_ms,
                                  post_roll_ms, merge_ms, recording_week, lon, lat, heading_deg,
                                  labels, onvif_url, vision, created_at_ms)
                                values (:id, :name, :enabled, :mainUrl, :mainTransport,
                                  :mainCompat, :subUrl, :subTransport, :subCompat, :username, :password, :mode,
                                  :segmentMs, :retentionDays, :retentionBytes, :when, :preRollMs,
                                  :postRollMs, :mergeMs, :week, :lon, :lat,
                                  :headingDeg, :labels, :onvifUrl, :vision, :createdAtMs)
                                """)
                        .params(columns(camera))
                        .update());
    }

    void update(Camera camera) {
        database.write(jdbc ->
                jdbc.sql(
                                """
                                update camera set name = :name, enabled = :enabled,
                                  main_url = :mainUrl, main_transport = :mainTransport,
                                  main_compat = :mainCompat,
                                  sub_url = :subUrl, sub_transport = :subTransport,
                                  sub_compat = :subCompat,
                                  username = :username, password_sealed = :password,
                                  recording_mode = :mode, segment_ms = :segmentMs,
                                  retention_days = :retentionDays,
                                  retention_bytes = :retentionBytes,
                                  recording_when = :when, pre_roll_ms = :preRollMs,
                                  post_roll_ms = :postRollMs, merge_ms = :mergeMs,
                                  recording_week = :week, lon = :lon, lat = :lat,
                                  heading_deg = :headingDeg, labels = :labels,
                                  onvif_url = :onvifUrl, vision = :vision
                                where id = :id
                                """)
                        .params(columns(camera))
                        .update());
    }

    void delete(CameraId id) {
        database.write(jdbc ->
                jdbc.sql("delete from camera where id = :id").param("id", id.value()).update());
    }

    private Map<String, @Nullable Object> columns(Camera camera) {
        StreamSource sub = camera.sub();
        Secret password = camera.password();
        CameraLocation location = camera.location();
        RecordingSettings recording = camera.recording();
        DeviceAddress onvif = camera.onvif();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", camera.id().value());
        columns.put("name", camera.name());
        columns.put("enabled", camera.enabled() ? 1 : 0);
        columns.put("mainUrl", camera.main().url().toString());
        columns.put("mainTransport", rtspTransport(camera.main()).name());
        columns.put("mainCompat", camera.main().isCompat() ? 1 : 0);
        columns.put("subUrl", sub == null ? null : sub.url().toString());
        columns.put("subTransport", sub == null ? null : rtspTransport(sub).name());
        columns.put("subCompat", sub != null && sub.isCompat() ? 1 : 0);
        columns.put("username", camera.username());
        columns.put("password", password == null ? null : vault.encrypt(camera.id(), password));
        columns.put("mode", mode(recording).name());
        columns.put("when", when(recording));
        columns.put("preRollMs", recording.preRoll().toMillis());
        columns.put("postRollMs", recording.postRoll().toMillis());
        columns.put("mergeMs", recording.merge().toMillis());
        columns.put("week", recording.week());
        columns.put("segmentMs", recording.segment().toMillis());
        columns.put("retentionDays", recording.retentionDays());
        columns.put("retentionBytes", recording.retentionBytes());
        columns.put("lon", location == null ? null : location.lon());
        columns.put("lat", location == null ? null : location.lat());
        columns.put("headingDeg", location == null ? null : location.headingDeg());
        columns.put("labels", String.join("\n", camera.labels()));
        columns.put("onvifUrl", onvif == null ? null : onvif.url());
        columns.put("vision", VisionJson.write(camera.vision()));
        columns.put("createdAtMs", camera.createdAt().toEpochMilli());
        return columns;
    }

    private Camera read(ResultSet row) throws SQLException {
        var id = new CameraId(row.getString("id"));
        String labels = row.getString("labels");
        return new Camera(
                id,
                row.getString("name"),
                row.getInt("enabled") != 0,
                source(row, "main"),
                row.getString("sub_url") == null ? null : source(row, "sub"),
                row.getString("username"),
                password(id, row.getString("password_sealed")),
                recording(row),
                location(row),
                labels.isEmpty() ? List.of() : Arrays.asList(labels.split("\n", -1)),
                onvif(row.getString("onvif_url")),
                vision(id, row.getString("vision")),
                Instant.ofEpochMilli(row.getLong("created_at_ms")));
    }

    private @Nullable Secret password(CameraId id, @Nullable String sealed) {
        if (sealed == null) {
            return null;
        }
        try {
            return vault.decrypt(id, sealed);
        } catch (GeneralSecurityException _) {
            LOG.warn(
                    "the stored password of camera {} cannot be decrypted; was the key file"
                            + " replaced? Type the password in again",
                    id);
            return null;
        }
    }

    private static VisionSettings vision(CameraId id, @Nullable String json) {
        try {
            return json == null ? VisionSettings.DEFAULT : VisionJson.read(json);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "the stored analysis settings of camera {} cannot be read ({}); it is not"
                            + " analysed until they are saved again",
                    id,
                    e.getMessage());
            return VisionSettings.DEFAULT;
        }
    }

    private static @Nullable DeviceAddress onvif(@Nullable String url) {
        return url == null ? null : DeviceAddress.parse(url).orElse(null);
    }

    private static StreamSource source(ResultSet row, String stream) throws SQLException {
        boolean compat = row.getInt(stream + "_compat") != 0;
        return new StreamSource(
                URI.create(row.getString(stream + "_url")),
                compat
                        ? StreamTransport.COMPAT
                        : StreamTransport.valueOf(row.getString(stream + "_transport")));
    }

    private static StreamTransport rtspTransport(StreamSource source) {
        return source.isCompat() ? StreamTransport.TCP : source.transport();
    }

    private static RecordingSettings recording(ResultSet row) throws SQLException {
        int days = row.getInt("retention_days");
        Integer retentionDays = row.wasNull() ? null : days;
        long bytes = row.getLong("retention_bytes");
        Long retentionBytes = row.wasNull() ? null : bytes;
        String when = row.getString("recording_when");
        return new RecordingSettings(
                RecordingSettings.Mode.valueOf(
                        when == null ? row.getString("recording_mode") : when),
                Duration.ofMillis(row.getLong("segment_ms")),
                retentionDays,
                retentionBytes,
                Duration.ofMillis(row.getLong("pre_roll_ms")),
                Duration.ofMillis(row.getLong("post_roll_ms")),
                Duration.ofMillis(row.getLong("merge_ms")),
                row.getString("recording_week"));
    }

    /// As `recording_mode` has it, which knows no selective modes.
    private static RecordingSettings.Mode mode(RecordingSettings recording) {
        return switch (recording.mode()) {
            case OFF -> RecordingSettings.Mode.OFF;
            case CONTINUOUS, MOTION, OBJECT -> RecordingSettings.Mode.CONTINUOUS;
        };
    }

    private static @Nullable String when(RecordingSettings recording) {
        return switch (recording.mode()) {
            case OFF, CONTINUOUS -> null;
            case MOTION, OBJECT -> recording.mode().name();
        };
    }

    private static @Nullable CameraLocation location(ResultSet row) throws SQLException {
        double lon = row.getDouble("lon");
        if (row.wasNull()) {
            return null;
        }
        double lat = row.getDouble("lat");
        double heading = row.getDouble("heading_deg");
        Double headingDeg = row.wasNull() ? null : heading;
        return new CameraLocation(lon, lat, headingDeg);
    }
}
