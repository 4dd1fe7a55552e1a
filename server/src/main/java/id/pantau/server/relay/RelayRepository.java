package id.pantau.server.relay;

import id.pantau.media.rtmp.RtmpPushTarget.Trust;
import id.pantau.server.camera.CameraId;
import id.pantau.server.camera.PasswordVault;
import id.pantau.server.camera.StreamName;
import id.pantau.server.database.Database;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of the table `relay`. URLs are encrypted in it, as camera passwords are.
public final class RelayRepository {
    private static final Logger LOG = LoggerFactory.getLogger(RelayRepository.class);

    private final Database database;
    private final PasswordVault vault;

    public RelayRepository(Database database, PasswordVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /// Without those whose URL cannot be decrypted or read any more; the log names them.
    List<Relay> list() {
        return database
                .read(jdbc ->
                        jdbc.sql(
                                        """
                                        select id, camera, stream, url_sealed, trust_any, enabled,
                                          created_at_ms
                                        from relay order by created_at_ms, id
                                        """)
                                .query((row, _) -> read(row))
                                .list())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    void insert(Relay relay) {
        database.write(jdbc ->
                jdbc.sql(
                                """
                                insert into relay (id, camera, stream, url_sealed, trust_any,
                                  enabled, created_at_ms)
                                values (:id, :camera, :stream, :url, :trustAny, :enabled,
                                  :createdAtMs)
                                """)
                        .params(columns(relay))
                        .update());
    }

    void update(Relay relay) {
        database.write(jdbc ->
                jdbc.sql(
                                """
                                update relay set stream = :stream, url_sealed = :url,
                                  trust_any = :trustAny, enabled = :enabled
                                where id = :id
                                """)
                        .params(columns(relay))
                        .update());
    }

    void delete(String id) {
        database.write(
                jdbc -> jdbc.sql("delete from relay where id = :id").param("id", id).update());
    }

    private Map<String, @Nullable Object> columns(Relay relay) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", relay.id());
        columns.put("camera", relay.camera().value());
        columns.put("stream", relay.stream().text());
        columns.put("url", vault.encrypt(relay.camera(), relay.target().url()));
        columns.put("trustAny", relay.target().trust() == Trust.ANYBODY ? 1 : 0);
        columns.put("enabled", relay.enabled() ? 1 : 0);
        columns.put("createdAtMs", relay.createdAt().toEpochMilli());
        return columns;
    }

    private Optional<Relay> read(ResultSet row) throws SQLException {
        String id = Objects.requireNonNull(row.getString("id"));
        var camera = new CameraId(row.getString("camera"));
        try {
            var url = vault.decrypt(camera, row.getString("url_sealed"));
            Trust trust = row.getInt("trust_any") != 0 ? Trust.ANYBODY : Trust.AUTHORITIES;
            return Optional.of(
                    new Relay(
                            id,
                            camera,
                            StreamName.find(row.getString("stream")).orElse(StreamName.MAIN),
                            RelayTarget.parse(url.reveal(), trust),
                            row.getInt("enabled") != 0,
                            Instant.ofEpochMilli(row.getLong("created_at_ms"))));
        } catch (GeneralSecurityException | RelayException _) {
            LOG.warn(
                    "the stored address of relay {} of camera {} cannot be read; was the key file"
                            + " replaced? Make the relay again",
                    id,
                    camera);
            return Optional.empty();
        }
    }
}
