package id.pantau.server.camera;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watches a stream for a probe. Written by the attempt's thread, read after it has ended, except
/// for [#seenEnough()].
final class ProbeWatch {
    /// With room for measuring the clock's rate behind the burst.
    private static final Duration LEAST = Duration.ofMillis(2500);

    /// Cameras and relays send what they have cached in one burst; rates are measured behind it.
    private static final Duration BURST = Duration.ofSeconds(1);

    @Nullable StreamFormat format;
    final List<AccessUnit> keyFrames = new ArrayList<>();
    @Nullable AccessUnit firstPicture;
    @Nullable AccessUnit lastPicture;
    @Nullable AccessUnit firstSound;
    @Nullable AccessUnit lastSound;
    int formats;
    int gaps;
    int pictures;
    int sounds;
    long bytes;
    boolean reordered;

    private @Nullable AccessUnit steadyFrom;
    private long steadyFromNanos;
    private long lastNanos;
    private long firstNanos = Long.MIN_VALUE;
    private volatile boolean seenEnough;

    void seen(StreamSignal signal, long nowNanos) {
        switch (signal) {
            case StreamSignal.FormatChanged(StreamFormat next) -> {
                format = next;
                formats++;
            }
            case StreamSignal.Unit(AccessUnit unit) -> seen(unit, nowNanos);
            case StreamSignal.Gap _ -> gaps++;
            case StreamSignal.Ended _ -> {}
        }
    }

    /// Whether two key frames and `LEAST` have been seen; for sound alone, `LEAST`.
    boolean seenEnough() {
        return seenEnough;
    }

    boolean seenAnything() {
        return format != null && (pictures > 0 || sounds > 0);
    }

    @Nullable VideoFormat video() {
        StreamFormat current = format;
        return current == null ? null : current.video();
    }

    /// Of media, over what arrived.
    Duration mediaTime() {
        AccessUnit first = firstPicture != null ? firstPicture : firstSound;
        AccessUnit last = lastPicture != null ? lastPicture : lastSound;
        return first == null || last == null ? Duration.ZERO : last.dts().since(first.dts());
    }

    /// Between neighbouring key frames.
    List<Duration> keyFrameIntervals() {
        var intervals = new ArrayList<Duration>();
        for (int i = 1; i < keyFrames.size(); i++) {
            intervals.add(keyFrames.get(i).dts().since(keyFrames.get(i - 1).dts()));
        }
        return intervals;
    }

    /// How fast the camera's media time runs against ours, measured after the first second; 1 is
    /// right, 0 when too little was seen.
    double clockRate() {
        AccessUnit from = steadyFrom;
        AccessUnit last = lastPicture;
        long passed = lastNanos - steadyFromNanos;
        if (from == null || last == null || passed < BURST.toNanos()) {
            return 0;
        }
        return (double) last.dts().since(from.dts()).toNanos() / passed;
    }

    private void seen(AccessUnit unit, long nowNanos) {
        if (firstNanos == Long.MIN_VALUE) {
            firstNanos = nowNanos;
        }
        bytes += unit.sizeBytes();
        if (unit.isVideo()) {
            pictures++;
            firstPicture = firstPicture == null ? unit : firstPicture;
            lastPicture = unit;
            lastNanos = nowNanos;
            reordered |= !unit.pts().equals(unit.dts());
            if (unit.keyFrame()) {
                keyFrames.add(unit);
            }
            if (steadyFrom == null && nowNanos - firstNanos >= BURST.toNanos()) {
                steadyFrom = unit;
                steadyFromNanos = nowNanos;
            }
        } else {
            sounds++;
            firstSound = firstSound == null ? unit : firstSound;
            lastSound = unit;
        }
        boolean key = video() == null || keyFrames.size() >= 2;
        seenEnough = key && nowNanos - firstNanos >= LEAST.toNanos();
    }
}
