package id.pantau.testkit;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.media.rtsp.RtspTampering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One stream of a [ScriptedCamera]: a clip with things that happen to it after so much media time.
/// Each thing happens once, to whichever session reaches it first. Thread-safe.
final class CameraScript implements RtspSource {
    /// The pause at a change of clips.
    private static final Duration SEAM = Duration.ofMillis(66);

    private record Event(Duration at, Runnable action) {}

    private final RtspTampering tampering;
    private final Object lock = new Object(); // guards everything below
    private final List<Event> events = new ArrayList<>();
    private LoopingClip clip;
    private int clipChanges;
    private boolean stalled;
    private boolean over;
    private Duration rtpShift = Duration.ZERO;
    private Duration wallShift = Duration.ZERO;

    CameraScript(LoopingClip clip, RtspTampering tampering) {
        this.clip = clip;
        this.tampering = tampering;
    }

    @Override
    public Optional<StreamFormat> format() {
        synchronized (lock) {
            return clip.format();
        }
    }

    @Override
    public RtspTampering tampering() {
        return tampering;
    }

    @Override
    public Feed open() {
        synchronized (lock) {
            over = false;
            return new ScriptedFeed(clip.open(), clipChanges);
        }
    }

    void at(Duration mediaTime, Runnable action) {
        synchronized (lock) {
            events.add(new Event(mediaTime, action));
            events.sort(Comparator.comparing(Event::at));
        }
    }

    void stall(boolean on) {
        synchronized (lock) {
            stalled = on;
            lock.notifyAll();
        }
    }

    void end() {
        synchronized (lock) {
            over = true;
        }
    }

    void play(LoopingClip next) {
        synchronized (lock) {
            clip = next;
            clipChanges++;
        }
    }

    void shiftRtpTime(Duration by) {
        synchronized (lock) {
            rtpShift = rtpShift.plus(by);
        }
    }

    void shiftWallClock(Duration by) {
        synchronized (lock) {
            wallShift = wallShift.plus(by);
        }
    }

    private final class ScriptedFeed implements Feed {
        private Feed inner;
        private int seenChanges;
        private @Nullable MediaTime first;
        private MediaTime last = MediaTime.ZERO;

        /// From the running clip's times to those of the whole session.
        private long offset90k;

        private boolean seam;

        ScriptedFeed(Feed inner, int seenChanges) {
            this.inner = inner;
            this.seenChanges = seenChanges;
        }

        @Override
        public StreamSignal take() throws InterruptedException {
            while (true) {
                waitWhileStalled();
                followClip();
                StreamSignal signal = inner.take();
                if (!(signal instanceof StreamSignal.Unit(AccessUnit unit))) {
                    return signal;
                }
                if (seam) {
                    seam = false;
                    offset90k = last.plus(SEAM).ticks90k() - unit.dts().ticks90k();
                }
                last = new MediaTime(unit.dts().ticks90k() + offset90k);
                boolean changed = runEvents();
                if (over()) {
                    Thread.sleep(Duration.ofDays(1)); // until the connections are closed
                }
                if (!changed) {
                    return new StreamSignal.Unit(shifted(unit));
                }
            }
        }

        private void waitWhileStalled() throws InterruptedException {
            synchronized (lock) {
                while (stalled) {
                    lock.wait();
                }
            }
        }

        private void followClip() {
            synchronized (lock) {
                if (seenChanges != clipChanges) {
                    seenChanges = clipChanges;
                    inner.close();
                    inner = clip.open();
                    seam = true;
                }
            }
        }

        /// @return whether this unit is not to be sent: the stream goes on otherwise
        private boolean runEvents() {
            MediaTime begin = first == null ? last : first;
            first = begin;
            Duration played = last.since(begin);
            for (Event event : takeDue(played)) {
                event.action.run();
            }
            synchronized (lock) {
                return stalled || over || seenChanges != clipChanges;
            }
        }

        private List<Event> takeDue(Duration played) {
            synchronized (lock) {
                List<Event> due = events.stream().filter(e -> e.at.compareTo(played) <= 0).toList();
                events.removeAll(due);
                return due;
            }
        }

        private boolean over() {
            synchronized (lock) {
                return over;
            }
        }

        private AccessUnit shifted(AccessUnit unit) {
            synchronized (lock) {
                long by = offset90k + MediaTime.ZERO.plus(rtpShift).ticks90k();
                return new AccessUnit(
                        unit.kind(),
                        new MediaTime(unit.dts().ticks90k() + by),
                        new MediaTime(unit.pts().ticks90k() + by),
                        unit.keyFrame(),
                        unit.wallTime().plus(wallShift),
                        unit.payload());
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
