package id.pantau.server.recording;

import id.pantau.server.database.Database;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Answers from the ledger and from what is not in it yet: segments that wait for the database, and
/// those that are still being written.
final class RecordingReader implements Recordings {
    private final Database database;
    private final LedgerQueue ledger;
    private final Volume volume;
    private final Map<String, Recorder> recorders;
    private final Clock clock;

    RecordingReader(
            Database database,
            LedgerQueue ledger,
            Volume volume,
            Map<String, Recorder> recorders,
            Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.volume = volume;
        this.recorders = recorders;
        this.clock = clock;
    }

    @Override
    public List<Segment> list(String camera, Instant from, Instant until) {
        return List.copyOf(merged(camera, from.toEpochMilli(), until.toEpochMilli()).values());
    }

    /// The order of looking matters: a segment moves from open to pending to the table, so each is
    /// asked before the next, and the later answer wins.
    private TreeMap<Long, Segment> merged(String camera, long fromMs, long untilMs) {
        TreeMap<Long, Segment> byStart = early(camera, fromMs, untilMs);
        for (Segment segment :
                database.read(jdbc -> new Ledger(jdbc).listSegments(camera, fromMs, untilMs))) {
            byStart.put(segment.startMs(), segment);
        }
        return byStart;
    }

    /// What has no row yet.
    private TreeMap<Long, Segment> early(String camera, long fromMs, long untilMs) {
        var byStart = new TreeMap<Long, Segment>();
        var early = new ArrayList<Segment>();
        openSegment(camera).ifPresent(early::add);
        early.addAll(ledger.pendingOf(camera));
        for (Segment segment : early) {
            if (segment.endMs() > fromMs && segment.startMs() < untilMs) {
                byStart.put(segment.startMs(), segment);
            }
        }
        return byStart;
    }

    private Optional<Segment> openSegment(String camera) {
        Recorder recorder = recorders.get(camera);
        return recorder == null ? Optional.empty() : recorder.openSegment();
    }

    @Override
    public Optional<Segment> find(String camera, String id) {
        Optional<SegmentName> name =
                SegmentName.parse(id).filter(parsed -> parsed.camera().equals(camera));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return openSegment(camera)
                .filter(segment -> segment.id().equals(id))
                .or(() ->
                        ledger.pendingOf(camera).stream()
                                .filter(segment -> segment.id().equals(id))
                                .findFirst())
                .or(() -> database.read(jdbc -> new Ledger(jdbc).findSegment(name.get())));
    }

    @Override
    public SeekableByteChannel open(Segment segment) {
        SegmentName name =
                SegmentName.parse(segment.id())
                        .orElseThrow(() -> gone(segment, new NoSuchFileException(segment.id())));
        try {
            FileChannel file = FileChannel.open(name.under(volume.root()), StandardOpenOption.READ);
            return segment.open() ? new BoundedChannel(file, segment.sizeBytes()) : file;
        } catch (NoSuchFileException e) {
            throw gone(segment, e);
        } catch (IOException e) {
            throw new RecordingException(
                    RecordingException.Category.UNREADABLE,
                    "cannot read segment %s: %s".formatted(segment.id(), e.getMessage()),
                    e);
        }
    }

    private static RecordingException gone(Segment segment, IOException cause) {
        return new RecordingException(
                RecordingException.Category.NOT_FOUND,
                "segment %s is not there any more".formatted(segment.id()),
                cause);
    }

    /// What moves on is asked before where it goes: the settled moment, then what has no row yet,
    /// then the rows, all in one visit to the database. What arrives meanwhile is only more.
    @Override
    public Coverage coverage(String camera, Instant from, Instant until) {
        long fromMs = from.toEpochMilli();
        long untilMs = until.toEpochMilli();
        long settledMs = settledMs(camera);
        Optional<Gap> running = runningGap(camera);
        List<TimeSet.Span> resting = idle(camera);
        Collection<Segment> early = early(camera, fromMs, untilMs).values();
        return database.read(
                        jdbc -> {
                            var rows = new Ledger(jdbc);
                            FootageRuns footage = rows.footage(camera, fromMs, untilMs);
                            early.forEach(segment -> footage.insert(Footage.of(segment)));
                            return new CoverageLedger(
                                    camera,
                                    footage.list(),
                                    gaps(rows.listGaps(camera, fromMs, untilMs), running),
                                    rows.policies().list(camera),
                                    union(resting, rows.diary().listIdle(camera, fromMs, untilMs)),
                                    rows.expiredUntil(camera),
                                    settledMs);
                        })
                .of(from, until);
    }

    private long settledMs(String camera) {
        Recorder recorder = recorders.get(camera);
        return recorder == null ? clock.millis() : recorder.settledMs();
    }

    private Optional<Gap> runningGap(String camera) {
        Recorder recorder = recorders.get(camera);
        return recorder == null ? Optional.empty() : recorder.runningGap();
    }

    private List<TimeSet.Span> idle(String camera) {
        Recorder recorder = recorders.get(camera);
        return recorder == null ? List.of() : recorder.idle();
    }

    private static List<TimeSet.Span> union(List<TimeSet.Span> some, List<TimeSet.Span> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /// A gap that runs has a row with an end of some moments ago.
    private static List<Gap> gaps(List<Gap> rows, Optional<Gap> running) {
        var byStart = new TreeMap<Instant, Gap>();
        rows.forEach(gap -> byStart.put(gap.start(), gap));
        running.ifPresent(gap -> byStart.put(gap.start(), gap));
        return List.copyOf(byStart.values());
    }

    @Override
    public List<DayTotal> days(String camera, LocalDate from, LocalDate until, ZoneId zone) {
        long fromMs = DaySums.startMs(from, zone);
        long untilMs = DaySums.startMs(until.plusDays(1), zone);
        Optional<Gap> running = runningGap(camera);
        var recorded = new DaySums(zone);
        var missing = new DaySums(zone);
        TimeSet lost =
                database.read(jdbc -> {
                    var rows = new Ledger(jdbc);
                    for (QuarterShare share : rows.quarters(camera, fromMs, untilMs)) {
                        recorded.add(share.startMs(), share.recordedMs());
                    }
                    List<Gap> gaps = gaps(rows.listGaps(camera, fromMs, untilMs), running);
                    TimeSet losses = losses(gaps).clip(fromMs, untilMs);
                    return losses.isEmpty() ? losses : wanted(rows, losses, camera);
                });
        for (Segment segment : unlisted(camera)) {
            for (QuarterShare share : QuarterShare.of(segment)) {
                if (share.startMs() >= fromMs && share.startMs() < untilMs) {
                    recorded.add(share.startMs(), share.recordedMs());
                }
            }
        }
        lost.spans().forEach(missing::add);
        var days = new ArrayList<DayTotal>();
        for (LocalDate day = from; !day.isAfter(until); day = day.plusDays(1)) {
            if (recorded.of(day) > 0 || missing.of(day) > 0) {
                days.add(
                        new DayTotal(
                                day,
                                Duration.ofMillis(recorded.of(day)),
                                Duration.ofMillis(missing.of(day))));
            }
        }
        return days;
    }

    /// Less what a schedule did not want: a restart does not know of it.
    private static TimeSet wanted(Ledger rows, TimeSet losses, String camera) {
        List<PolicyRow> policies = rows.policies().list(camera);
        if (policies.stream().allMatch(row -> row.policy().week() == null)) {
            return losses;
        }
        long fromMs = losses.spans().getFirst().startMs();
        long untilMs = losses.spans().getLast().endMs();
        return losses.intersect(CoverageLedger.wanted(policies, fromMs, untilMs));
    }

    @Override
    public List<DayComparison> compare(
            String camera, LocalDate from, LocalDate until, ZoneId zone, Rolls rolls) {
        return database.read(
                jdbc -> new Comparison(new DiaryRows(jdbc), camera, rolls).of(from, until, zone));
    }

    private Collection<Segment> unlisted(String camera) {
        var segments = new ArrayList<>(ledger.pendingOf(camera));
        openSegment(camera).ifPresent(segments::add);
        return segments;
    }

    private static TimeSet losses(List<Gap> gaps) {
        return TimeSet.ofAll(
                gaps.stream()
                        .filter(RecordingReader::isLoss)
                        .map(gap ->
                                new TimeSet.Span(
                                        gap.start().toEpochMilli(), gap.end().toEpochMilli()))
                        .toList());
    }

    private static boolean isLoss(Gap gap) {
        return switch (gap.cause()) {
            case CAMERA, NETWORK, DISK, RESTART, SHED -> true;
            case POLICY, CLOCK -> false;
        };
    }
}
