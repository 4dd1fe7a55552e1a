package id.pantau.server.health;

import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;

/// The alarms that are up. Memory is the truth; the rows only let an alarm keep its beginning over
/// a restart, and are written behind its back: trouble with the database never keeps an alarm from
/// being raised.
public final class Alarms {
    /// An alarm of the run before that is raised again within this began then.
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final Database database;
    private final Clock clock;
    private final Instant startedAt;
    private final Map<String, Instant> before;
    private final Map<String, Alarm> up = new ConcurrentHashMap<>();
    private final List<AlarmListener> listeners = new CopyOnWriteArrayList<>();
    private final Object changing = new Object(); // facts are told in their order

    /// Reads and forgets the rows of the run before.
    public Alarms(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.before = new ConcurrentHashMap<>();
        database.write(jdbc -> {
            jdbc.sql("select id, since_ms from alarm")
                    .query(
                            (RowCallbackHandler)
                                    row ->
                                            before.put(
                                                    row.getString("id"),
                                                    Instant.ofEpochMilli(row.getLong("since_ms"))));
            return jdbc.sql("delete from alarm").update();
        });
    }

    public void listen(AlarmListener listener) {
        listeners.add(listener);
    }

    /// Raising what is up already changes its detail only.
    public void raise(String id, Alarm.Kind kind, String subject, String cause, String detail) {
        synchronized (changing) {
            Alarm known = up.get(id);
            Instant since = known == null ? beginning(id) : known.since();
            var alarm = new Alarm(id, kind, subject, cause, detail, since);
            if (alarm.equals(known)) {
                return;
            }
            up.put(id, alarm);
            listeners.forEach(listener -> listener.raised(alarm));
            store(alarm);
        }
    }

    public void clear(String id) {
        synchronized (changing) {
            Alarm alarm = up.remove(id);
            if (alarm != null) {
                listeners.forEach(listener -> listener.cleared(alarm));
                remove(id);
            }
        }
    }

    /// Oldest first.
    public List<Alarm> list() {
        return up.values().stream()
                .sorted(Comparator.comparing(Alarm::since).thenComparing(Alarm::id))
                .toList();
    }

    private Instant beginning(String id) {
        Instant now = clock.instant();
        Instant remembered = before.remove(id);
        boolean recent = now.isBefore(startedAt.plus(REMEMBERED));
        return remembered != null && recent ? remembered : now;
    }

    private void store(Alarm alarm) {
        quietly(() ->
                database.write(jdbc ->
                        jdbc.sql(
                                        """
                                        insert into alarm (id, kind, subject, cause,
                                          detail, since_ms)
                                        values (:id, :kind, :subject, :cause,
                                          :detail, :sinceMs)
                                        on conflict (id) do update set
                                          cause = excluded.cause,
                                          detail = excluded.detail
                                        """)
                                .param("id", alarm.id())
                                .param("kind", alarm.kind().text())
                                .param("subject", alarm.subject())
                                .param("cause", alarm.cause())
                                .param("detail", alarm.detail())
                                .param("sinceMs", alarm.since().toEpochMilli())
                                .update()));
    }

    private void remove(String id) {
        quietly(() ->
                database.write(jdbc ->
                        jdbc.sql("delete from alarm where id = :id").param("id", id).update()));
    }

    /// On a thread of its own: whoever raises an alarm, a recorder above all, never waits for the
    /// database.
    private static void quietly(Runnable write) {
        Thread.ofVirtual()
                .name("alarm-row")
                .start(() -> {
                    try {
                        write.run();
                    } catch (DatabaseException | DataAccessException e) {
                        LOG.warn("cannot store an alarm: {}", e.getMessage());
                    }
                });
    }
}
