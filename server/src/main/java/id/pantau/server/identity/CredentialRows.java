package id.pantau.server.identity;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// SQL of the tables `login_session` and `bearer_token`.
final class CredentialRows {
    record SessionRow(String username, Instant createdAt, Instant lastUsedAt) {}

    private CredentialRows() {}

    static void insertSession(JdbcClient jdbc, String tokenHash, String username, Instant at) {
        jdbc.sql(
                        """
                        insert into login_session (token_hash, username, created_at_ms,
                                                   last_used_at_ms)
                        values (:hash, :username, :at, :at)
                        """)
                .param("hash", tokenHash)
                .param("username", username)
                .param("at", at.toEpochMilli())
                .update();
    }

    static Optional<SessionRow> findSession(JdbcClient jdbc, String tokenHash) {
        return jdbc.sql(
                        """
                        select username, created_at_ms, last_used_at_ms
                        from login_session where token_hash = :hash
                        """)
                .param("hash", tokenHash)
                .query((row, _) ->
                        new SessionRow(
                                row.getString(1),
                                Instant.ofEpochMilli(row.getLong(2)),
                                Instant.ofEpochMilli(row.getLong(3))))
                .optional();
    }

    static void touchSession(JdbcClient jdbc, String tokenHash, Instant at) {
        jdbc.sql("update login_session set last_used_at_ms = :at where token_hash = :hash")
                .param("at", at.toEpochMilli())
                .param("hash", tokenHash)
                .update();
    }

    static void deleteSession(JdbcClient jdbc, String tokenHash) {
        jdbc.sql("delete from login_session where token_hash = :hash")
                .param("hash", tokenHash)
                .update();
    }

    /// @param exceptHash the one session that stays; an empty text spares none
    static void deleteAllOf(JdbcClient jdbc, String username, String exceptHash) {
        jdbc.sql("delete from login_session where username = :username and token_hash <> :except")
                .param("username", username)
                .param("except", exceptHash)
                .update();
        jdbc.sql("delete from bearer_token where username = :username")
                .param("username", username)
                .update();
    }

    static void insertBearer(
            JdbcClient jdbc, String tokenHash, String username, Instant at, Instant until) {
        jdbc.sql(
                        """
                        insert into bearer_token (token_hash, username, created_at_ms, expires_at_ms)
                        values (:hash, :username, :at, :until)
                        """)
                .param("hash", tokenHash)
                .param("username", username)
                .param("at", at.toEpochMilli())
                .param("until", until.toEpochMilli())
                .update();
    }

    static Optional<String> findBearer(JdbcClient jdbc, String tokenHash, Instant now) {
        return jdbc.sql(
                        "select username from bearer_token where token_hash = :hash and expires_at_ms > :now")
                .param("hash", tokenHash)
                .param("now", now.toEpochMilli())
                .query(String.class)
                .optional();
    }

    /// Rows no one can use any more.
    static void deleteExpired(
            JdbcClient jdbc, Instant now, Instant oldestUse, Instant oldestCreation) {
        jdbc.sql("delete from bearer_token where expires_at_ms <= :now")
                .param("now", now.toEpochMilli())
                .update();
        jdbc.sql(
                        "delete from login_session where last_used_at_ms <= :use or created_at_ms <= :created")
                .param("use", oldestUse.toEpochMilli())
                .param("created", oldestCreation.toEpochMilli())
                .update();
    }
}
