package id.pantau.server.recording;

import id.pantau.server.database.Database;
import id.pantau.server.database.DatabaseException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what is too old, too much of one camera, or in the way of new recordings, on one volume.
/// Small batches with a pause after each: a disk has one arm, and writing comes first. Locked
/// segments are never touched. What a full volume needs is bounded by bytes that are really given
/// back: when deleting frees nothing (a snapshot holds it), it stops and says so.
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 16;
    private static final int BATCHES_PER_ROUND = 64;

    /// The space is measured and a round begun each second; fragments come once a second, from all
    /// cameras together at worst.
    private static final long AHEAD_SECONDS = 5;

    /// Age is counted in days and sizes grow by the minute: who asks each second finds nothing.
    private static final int ROUNDS_WITHOUT_EXPIRY = 10;

    private static final Duration REST_EVERY = Duration.ofHours(6);

    private static final Duration PAUSE_AFTER_FRUITLESS = Duration.ofMinutes(10);

    private final Database database;
    private final Volume volume;
    private final Duration byDefault;
    private final Clock clock;
    private final Alarms alarms;
    private final Eraser eraser;
    private Instant fruitlessUntil = Instant.MIN; // retention's thread only
    private Instant restUntil = Instant.MIN; // retention's thread only
    private int roundsToExpiry; // retention's thread only

    Retention(Database database, Volume volume, Duration byDefault, Clock clock, Alarms alarms) {
        this.database = database;
        this.volume = volume;
        this.byDefault = byDefault;
        this.clock = clock;
        this.alarms = alarms;
        this.eraser = new Eraser(database, volume);
    }

    /// One round. Called by its ticker only.
    void run() {
        VolumeState state = volume.health().state();
        if (state != VolumeState.OK && state != VolumeState.FULL) {
            return;
        }
        try {
            if (isLow() || state == VolumeState.FULL) {
                makeRoom();
            } else {
                relieved();
            }
            if (--roundsToExpiry <= 0) {
                roundsToExpiry = expire() ? 1 : ROUNDS_WITHOUT_EXPIRY;
            }
        } catch (DatabaseException e) {
            if (e.category() == DatabaseException.Category.FULL && volume.ballast().drop()) {
                return; // the next round has room to say what it deletes
            }
            log.warn("retention on {} waits for the database: {}", volume.root(), e.getMessage());
        } catch (VolumeTrouble e) {
            log.debug("retention on {}: {}", volume.root(), e.getMessage());
        } catch (IOException e) {
            volume.fail("delete segments", e);
        }
    }

    /// There is room, whoever made it: what was in vain before is tried when it is needed again.
    private void relieved() {
        fruitlessUntil = Instant.MIN;
        alarms.clear(Alarm.Kind.VOLUME, subject());
    }

    /// Begins a little early, so that what is written until the deleted space is free again does
    /// not cross the watermark.
    private boolean isLow() {
        Watermarks marks = volume.watermarks();
        long ahead = AHEAD_SECONDS * volume.writeBytesPerS();
        long most = (marks.highBytes() - marks.lowBytes()) / 2; // or it would never end
        return volume.space().freeBytes() < marks.lowBytes() + Math.min(ahead, most);
    }

    /// Oldest first over all cameras until the high watermark is free.
    private void makeRoom() throws IOException {
        if (clock.instant().isBefore(fruitlessUntil)) {
            return;
        }
        if (volume.measureFreeBytes() < volume.watermarks().floorBytes()) {
            volume.ballast().drop();
        }
        long writtenBefore = volume.writtenBytes();
        long freeBefore = volume.measureFreeBytes();
        long goal = volume.watermarks().highBytes() - freeBefore;
        long freed = 0;
        for (int i = 0; freed < goal && i < BATCHES_PER_ROUND; i++) {
            List<Segment> oldest =
                    database.read(jdbc -> new Ledger(jdbc).listOldest(volume.id(), BATCH));
            if (oldest.isEmpty()) {
                nothingLeft();
                return;
            }
            long left = goal - freed;
            freed += erase(enough(oldest, left));
        }
        if (freed > 0 && gained(freeBefore, writtenBefore) < freed / 10) {
            fruitlessUntil = clock.instant().plus(PAUSE_AFTER_FRUITLESS);
            alarms.raise(
                    Alarm.Kind.VOLUME,
                    subject(),
                    "DELETING_FREES_NOTHING",
                    "%d bytes deleted on %s gave no space back: a snapshot may hold them"
                            .formatted(freed, volume.root()));
            return;
        }
        alarms.clear(Alarm.Kind.VOLUME, subject());
        volume.lookSoon();
    }

    /// What deleting has given: whoever writes meanwhile has taken some of it already.
    private long gained(long freeBefore, long writtenBefore) throws IOException {
        long free = volume.measureFreeBytes();
        return free - freeBefore + volume.writtenBytes() - writtenBefore;
    }

    private static List<Segment> enough(List<Segment> oldest, long bytes) {
        int count = 0;
        for (long sum = 0; count < oldest.size() && sum < bytes; count++) {
            sum += oldest.get(count).sizeBytes();
        }
        return oldest.subList(0, count);
    }

    private void nothingLeft() {
        alarms.raise(
                Alarm.Kind.VOLUME,
                subject(),
                "NOTHING_TO_DELETE",
                "%s is nearly full and nothing on it may be deleted: what is left is locked or not ours"
                        .formatted(volume.root()));
    }

    private String subject() {
        return volume.id() + "/retention";
    }

    /// @return whether anything was deleted, and there may be more
    private boolean expire() throws IOException {
        Map<String, RecordingPolicy> policies = new HashMap<>();
        database.read(jdbc -> new Ledger(jdbc).policies().listCurrent())
                .forEach(row -> policies.put(row.camera(), row.policy()));
        expireRest(policies);
        boolean any = false;
        for (Ledger.CameraTotal total :
                database.read(jdbc -> new Ledger(jdbc).totals(volume.id()))) {
            if (total.segments() > 0) {
                any |= expire(total, policies.get(total.camera()));
            }
        }
        return any;
    }

    /// What is written down of a camera of which nothing is recorded grows old, too.
    private void expireRest(Map<String, RecordingPolicy> policies) {
        if (clock.instant().isBefore(restUntil)) {
            return;
        }
        restUntil = clock.instant().plus(REST_EVERY);
        policies.forEach((camera, policy) -> {
            Duration own = policy.retention();
            long beforeMs = clock.millis() - (own == null ? byDefault : own).toMillis();
            database.<@Nullable Void>write(jdbc -> {
                new Ledger(jdbc).expire(camera, beforeMs);
                return null;
            });
        });
    }

    private boolean expire(Ledger.CameraTotal total, @Nullable RecordingPolicy policy)
            throws IOException {
        Duration own = policy == null ? null : policy.retention();
        long beforeMs = clock.millis() - (own == null ? byDefault : own).toMillis();
        List<Segment> old = oldest(total.camera(), beforeMs);
        if (!old.isEmpty()) {
            erase(old);
        }
        Long bound = policy == null ? null : policy.retentionBytes();
        long tooMuch = bound == null ? 0 : total.sizeBytes() - bound;
        if (tooMuch > 0) {
            erase(enough(oldest(total.camera(), Long.MAX_VALUE), tooMuch));
        }
        return tooMuch > 0 || !old.isEmpty();
    }

    private List<Segment> oldest(String camera, long beforeMs) {
        return database.read(
                jdbc -> new Ledger(jdbc).listOldest(volume.id(), camera, beforeMs, BATCH));
    }

    private long erase(List<Segment> segments) throws IOException {
        long freed = eraser.erase(segments, true, clock.millis());
        log.debug("deleted {} segments of {}", segments.size(), volume.root());
        return freed;
    }
}
