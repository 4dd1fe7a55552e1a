package id.pantau.server.camera;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.SignalSink;
import id.pantau.media.hub.StreamAttempt;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Measures a stream on its way into the hub: two additions per access unit, and a new snapshot
/// about every two seconds of media. Written by the stream's one writer; read by anybody.
final class StreamMeter {
    /// @param interval between the two newest key frames; null before the second
    record Reading(double fps, long bitrateBps, @Nullable Duration interval) {}

    private static final Duration WINDOW = Duration.ofSeconds(2);

    private @Nullable AccessUnit windowStart;
    private @Nullable AccessUnit lastKeyFrame;
    private @Nullable Duration interval;
    private boolean video;
    private long units;
    private long bytes;
    private volatile @Nullable Reading latest;

    /// The same attempt, measured.
    StreamAttempt measured(StreamAttempt attempt) {
        return sink -> run(attempt, sink);
    }

    Optional<Reading> latest() {
        return Optional.ofNullable(latest);
    }

    private StreamEnd run(StreamAttempt attempt, SignalSink sink) throws InterruptedException {
        restart();
        try {
            return attempt.run(new Measuring(sink));
        } finally {
            restart();
        }
    }

    private final class Measuring implements SignalSink {
        private final SignalSink sink;

        Measuring(SignalSink sink) {
            this.sink = sink;
        }

        @Override
        public void accept(StreamSignal signal) {
            seen(signal);
            sink.accept(signal);
        }

        @Override
        public boolean isAwaited() {
            return sink.isAwaited();
        }
    }

    /// Forgets the session that is over.
    void restart() {
        windowStart = null;
        lastKeyFrame = null;
        interval = null;
        latest = null;
        units = 0;
        bytes = 0;
    }

    /// Called before the hub has it, on the thread that writes the stream.
    void seen(StreamSignal signal) {
        switch (signal) {
            case StreamSignal.Unit(AccessUnit unit) -> seen(unit);
            case StreamSignal.FormatChanged(StreamFormat format) -> {
                restart();
                video = format.video() != null;
            }
            case StreamSignal.Gap _ -> {
                windowStart = null; // a window with a hole would measure too little
                lastKeyFrame = null;
            }
            case StreamSignal.Ended _ -> {}
        }
    }

    private void seen(AccessUnit unit) {
        bytes += unit.sizeBytes();
        if (unit.isVideo() != video) {
            return;
        }
        if (unit.keyFrame() && video) {
            if (lastKeyFrame != null) {
                interval = unit.dts().since(lastKeyFrame.dts());
            }
            lastKeyFrame = unit;
        }
        AccessUnit start = windowStart;
        if (start != null) {
            Duration passed = unit.dts().since(start.dts());
            if (passed.compareTo(WINDOW) < 0) {
                units++;
                return;
            }
            double seconds = passed.toNanos() / 1e9;
            double fps = video ? (units + 1) / seconds : 0;
            latest = new Reading(fps, (long) (bytes * 8 / seconds), interval);
        }
        windowStart = unit;
        units = 0;
        bytes = 0;
    }
}
