package id.pantau.media.rtsp;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.mp4.Mp4File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An MP4 file played over and over at the pace of its timestamps, as if a camera filmed it. Times
/// go on across the seam. Whoever opens it sees it from its beginning. A small file is held in
/// memory, once for all who play it; a large one is read as it plays. Thread-safe.
public final class LoopingClip implements RtspSource, AutoCloseable {
    private static final long MAX_MEMORY_BYTES = 64L << 20;

    /// So late, and the clip goes on from here instead of catching up in one burst.
    private static final Duration MAX_LATE = Duration.ofSeconds(2);

    private final Mp4File file;
    private final List<AccessUnit> units;
    private final Clock clock;
    private final double speed;
    private final boolean loops;

    private LoopingClip(
            Mp4File file, List<AccessUnit> units, Clock clock, double speed, boolean loops) {
        this.file = file;
        this.units = units;
        this.clock = clock;
        this.speed = speed;
        this.loops = loops;
    }

    /// @throws id.pantau.media.mp4.MalformedMp4Exception when it is no MP4 with a codec we carry
    public static LoopingClip open(Path path) throws IOException {
        Mp4File file = Mp4File.open(path);
        try {
            if (file.size() == 0 || file.duration().isZero()) {
                throw new IOException("%s holds no media".formatted(path.getFileName()));
            }
            List<AccessUnit> units =
                    Files.size(path) <= MAX_MEMORY_BYTES ? readAll(file) : List.of();
            return new LoopingClip(file, units, Clock.systemUTC(), 1, true);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static List<AccessUnit> readAll(Mp4File file) throws IOException {
        var units = new ArrayList<AccessUnit>(file.size());
        for (int i = 0; i < file.size(); i++) {
            units.add(file.unit(i));
        }
        return List.copyOf(units);
    }

    /// The same clip, ending instead of beginning again. Shares the file with this one.
    public LoopingClip once() {
        return new LoopingClip(file, units, clock, speed, false);
    }

    /// The same clip, delivered so many times faster than it was filmed; timestamps stay as they
    /// are. Shares the file with this one.
    public LoopingClip atSpeed(double times) {
        return new LoopingClip(file, units, clock, times, loops);
    }

    /// The same clip with the wall clock of its units taken from here. Shares the file.
    public LoopingClip by(Clock wallClock) {
        return new LoopingClip(file, units, wallClock, speed, loops);
    }

    public Duration duration() {
        return file.duration();
    }

    @Override
    public Optional<StreamFormat> format() {
        return Optional.of(file.format());
    }

    @Override
    public Feed open() {
        return new ClipFeed();
    }

    /// Who still plays it from memory can go on.
    @Override
    public void close() throws IOException {
        file.close();
    }

    private AccessUnit unit(int index) {
        if (!units.isEmpty()) {
            return units.get(index);
        }
        try {
            return file.unit(index);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the clip", e);
        }
    }

    private final class ClipFeed implements Feed {
        private @Nullable Instant wallStart;
        private long startNanos;
        private MediaTime loopStart = MediaTime.ZERO;
        private int index;

        @Override
        public StreamSignal take() throws InterruptedException {
            Instant start = wallStart;
            if (start == null) {
                wallStart = clock.instant();
                startNanos = System.nanoTime();
                return new StreamSignal.FormatChanged(file.format());
            }
            if (index == file.size()) {
                if (!loops) {
                    var end = StreamEnd.Reason.CLOSED_BY_CAMERA;
                    return new StreamSignal.Ended(new StreamEnd(end, "the clip is over"));
                }
                index = 0;
                loopStart = loopStart.plus(file.duration());
            }
            AccessUnit unit = unit(index++);
            MediaTime dts = after(loopStart, unit.dts());
            start = waitFor(dts.since(MediaTime.ZERO), start);
            MediaTime pts = after(loopStart, unit.pts());
            return new StreamSignal.Unit(
                    new AccessUnit(
                            unit.kind(),
                            dts,
                            pts,
                            unit.keyFrame(),
                            start.plus(pts.since(MediaTime.ZERO)),
                            unit.payload()));
        }

        private static MediaTime after(MediaTime start, MediaTime time) {
            return new MediaTime(start.ticks90k() + time.ticks90k());
        }

        /// @return the wall clock of the clip's zero
        private Instant waitFor(Duration mediaTime, Instant start) throws InterruptedException {
            long dueNanos = startNanos + (long) (mediaTime.toNanos() / speed);
            long waitNanos = dueNanos - System.nanoTime();
            if (waitNanos > 0) {
                Thread.sleep(Duration.ofNanos(waitNanos));
            } else if (-waitNanos > MAX_LATE.toNanos()) {
                startNanos -= waitNanos;
                Instant moved = start.minusNanos(waitNanos);
                wallStart = moved;
                return moved;
            } else if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return start;
        }

        @Override
        public void close() {}
    }
}
