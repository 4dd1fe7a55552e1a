package id.pantau.server.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// SQL of the tables `account` and `account_camera`.
final class AccountRows {
    /// A user with what only `identity` may know.
    record Row(Account account, String passwordHash) {}

    private static final String COLUMNS =
            """
            select username, password_hash, role, all_cameras, language, created_at_ms,
                   last_sign_in_at_ms
            from account
            """;

    private AccountRows() {}

    static List<Row> list(JdbcClient jdbc) {
        return jdbc.sql(COLUMNS + " order by username").query((row, _) -> read(jdbc, row)).list();
    }

    static Optional<Row> find(JdbcClient jdbc, String username) {
        return jdbc.sql(COLUMNS + " where username = :username")
                .param("username", username)
                .query((row, _) -> read(jdbc, row))
                .optional();
    }

    static long countAdministrators(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from account where role = 'administrator'")
                .query(Long.class)
                .single();
    }

    static void insert(JdbcClient jdbc, Account account, String passwordHash) {
        jdbc.sql(
                        """
                        insert into account (username, password_hash, role, all_cameras, language,
                                             created_at_ms)
                        values (:username, :hash, :role, :all, :language, :created)
                        """)
                .param("username", account.username())
                .param("hash", passwordHash)
                .param("role", account.role().name().toLowerCase(Locale.ROOT))
                .param("all", account.cameras() instanceof CameraRights.All)
                .param("language", account.language().name().toLowerCase(Locale.ROOT))
                .param("created", account.createdAt().toEpochMilli())
                .update();
        insertCameras(jdbc, account);
    }

    static void update(JdbcClient jdbc, Account account, String passwordHash) {
        jdbc.sql(
                        """
                        update account
                        set password_hash = :hash, role = :role, all_cameras = :all,
                            language = :language
                        where username = :username
                        """)
                .param("username", account.username())
                .param("hash", passwordHash)
                .param("role", account.role().name().toLowerCase(Locale.ROOT))
                .param("all", account.cameras() instanceof CameraRights.All)
                .param("language", account.language().name().toLowerCase(Locale.ROOT))
                .update();
        jdbc.sql("delete from account_camera where username = :username")
                .param("username", account.username())
                .update();
        insertCameras(jdbc, account);
    }

    static void delete(JdbcClient jdbc, String username) {
        jdbc.sql("delete from account where username = :username")
                .param("username", username)
                .update();
    }

    static void setLastSignIn(JdbcClient jdbc, String username, Instant at) {
        jdbc.sql("update account set last_sign_in_at_ms = :at where username = :username")
                .param("at", at.toEpochMilli())
                .param("username", username)
                .update();
    }

    private static void insertCameras(JdbcClient jdbc, Account account) {
        if (account.cameras() instanceof CameraRights.Only(var cameraIds)) {
            for (String camera : cameraIds) {
                jdbc.sql(
                                "insert into account_camera (username, camera) values (:username, :camera)")
                        .param("username", account.username())
                        .param("camera", camera)
                        .update();
            }
        }
    }

    private static Row read(JdbcClient jdbc, ResultSet row) throws SQLException {
        String username = row.getString("username");
        CameraRights cameras =
                row.getBoolean("all_cameras")
                        ? new CameraRights.All()
                        : new CameraRights.Only(camerasOf(jdbc, username));
        Account account =
                new Account(
                        username,
                        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                        cameras,
                        Language.valueOf(row.getString("language").toUpperCase(Locale.ROOT)),
                        Instant.ofEpochMilli(row.getLong("created_at_ms")),
                        instantOrNull(row, "last_sign_in_at_ms"));
        return new Row(account, row.getString("password_hash"));
    }

    private static Set<String> camerasOf(JdbcClient jdbc, String username) {
        return new HashSet<>(
                jdbc.sql("select camera from account_camera where username = :username")
                        .param("username", username)
                        .query(String.class)
                        .list());
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column)
            throws SQLException {
        long epochMs = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(epochMs);
    }
}
