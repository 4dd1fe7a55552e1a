package id.pantau.media.flv;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Says what a sender's stream carries, once that is known. FLV has no list of media tracks that
/// can be relied on: units are held back until both kinds were seen, the metadata says that only
/// one is to come, or a second has passed. Not thread-safe.
final class Announcement {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_HELD_UNITS = 256;
    private static final int MAX_HELD_BYTES = 8 << 20;

    private final Consumer<StreamSignal> sink;
    private final List<AccessUnit> held = new ArrayList<>();
    private int heldBytes;
    private Metadata expected = Metadata.UNKNOWN;
    private @Nullable VideoFormat video;
    private @Nullable AudioFormat audio;
    private @Nullable StreamFormat announced;

    Announcement(Consumer<StreamSignal> sink) {
        this.sink = sink;
    }

    void expect(Metadata metadata) {
        if (metadata != Metadata.UNKNOWN) {
            expected = metadata;
        }
    }

    /// Before the key frame that begins with it.
    void video(VideoFormat format) {
        video = format;
        if (announced != null) {
            announce();
        }
    }

    /// @return whether pictures are of use only from the next key frame on
    boolean audio(AudioFormat format) {
        audio = format;
        if (announced == null) {
            return false;
        }
        announce();
        return video != null;
    }

    void unit(AccessUnit unit) {
        if (announced != null) {
            sink.accept(new StreamSignal.Unit(unit));
            return;
        }
        held.add(unit);
        heldBytes += unit.sizeBytes();
        if (isKnown() || isOverdue(unit)) {
            announce();
            held.forEach(one -> sink.accept(new StreamSignal.Unit(one)));
            held.clear();
        }
    }

    private boolean isKnown() {
        return (video != null || expected.lacks(MediaKind.VIDEO))
                && (audio != null || expected.lacks(MediaKind.AUDIO));
    }

    private boolean isOverdue(AccessUnit newest) {
        Duration passed = newest.dts().since(held.getFirst().dts());
        return passed.compareTo(PATIENCE) >= 0
                || held.size() >= MAX_HELD_UNITS
                || heldBytes >= MAX_HELD_BYTES;
    }

    private void announce() {
        var next = new StreamFormat(video, audio);
        if (!next.equals(announced)) {
            announced = next;
            sink.accept(new StreamSignal.FormatChanged(next));
        }
    }
}
