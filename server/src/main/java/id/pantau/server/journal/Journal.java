package id.pantau.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// The journal of this server. Thread-safe; whoever writes does not wait.
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MOST_WAITING = 4096;
    private static final long MOST_BYTES = 16 << 20;
    private static final int KEPT = 8;
    private static final long CLOSE_LIMIT_S = 5;

    private final JsonMapper json = JsonMapper.builder().build();
    private final JournalTexts indonesian = new JournalTexts("id");
    private final JournalTexts english = new JournalTexts("en");
    private final Map<JournalCategory, JournalFile> files = new EnumMap<>(JournalCategory.class);
    private final BlockingQueue<JournalLine> lines = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Clock clock;
    private final Thread thread;
    private volatile boolean closing;
    private boolean broken; // the journal's thread

    public Journal(Path folder, Clock clock) {
        this(folder, clock, MOST_BYTES);
    }

    Journal(Path folder, Clock clock, long mostBytes) {
        this.clock = clock;
        for (JournalCategory category : JournalCategory.values()) {
            Path file = folder.resolve(category.fileName());
            files.put(category, new JournalFile(file, mostBytes, KEPT));
        }
        thread = Thread.ofVirtual().name("journal").start(this::run);
    }

    public void write(JournalLine line) {
        if (!lines.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    /// Writes what waits, for some seconds at most.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_LIMIT_S * 1000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                JournalLine line = closing ? lines.poll() : lines.poll(1, TimeUnit.SECONDS);
                if (line != null) {
                    sayDropped();
                    append(line);
                } else if (closing) {
                    break;
                }
            }
        } catch (InterruptedException _) {
            // it took too long
        } finally {
            files.values().forEach(Journal::closeFile);
        }
    }

    private void sayDropped() {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            append(
                    new JournalLine(
                            JournalCategory.SYSTEM,
                            clock.instant(),
                            "journal.dropped",
                            null,
                            Map.of("count", Long.toString(count))));
        }
    }

    private void append(JournalLine line) {
        JournalFile file = files.get(line.category());
        if (file == null) {
            return;
        }
        try {
            file.append(text(line));
            broken = false;
        } catch (IOException e) {
            if (!broken) { // once: a full disk would fill the log, too
                LOG.warn("the journal cannot be written: {}", e.getMessage());
            }
            broken = true;
            closeFile(file);
        }
    }

    String text(JournalLine line) {
        var members = new LinkedHashMap<String, Object>();
        members.put("at", line.at().toString());
        members.put("code", line.code());
        if (line.camera() != null) {
            members.put("camera", line.camera());
        }
        members.put("params", new TreeMap<>(line.params()));
        members.put("id", indonesian.sentence(line));
        members.put("en", english.sentence(line));
        return json.writeValueAsString(members);
    }

    private static void closeFile(JournalFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("a file of the journal", e);
        }
    }
}
