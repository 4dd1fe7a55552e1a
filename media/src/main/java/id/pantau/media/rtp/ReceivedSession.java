package id.pantau.media.rtp;

import id.pantau.media.AccessUnit;
import id.pantau.media.GapCause;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the media tracks of one session share: clocks, formats, and the way out. Not thread-safe.
final class ReceivedSession {
    /// Where media time begins: late enough that the decode times of reordered pictures are not
    /// negative.
    private static final long BEGIN_90K = 10 * MediaTime.TICKS_PER_SECOND;

    /// Audio this near to video is left where it is.
    private static final long IN_STEP_90K = MediaTime.TICKS_PER_SECOND / 50;

    private final ArrivalClock arrival;
    private final WallTimeline wall = new WallTimeline();
    private final Consumer<StreamSignal> sink;
    private final boolean awaitsVideo;
    private @Nullable VideoTrackReceiver video;
    private @Nullable AudioTrackReceiver audio;
    private @Nullable VideoFormat videoFormat;
    private @Nullable StreamFormat announced;
    private boolean audioChanged;

    ReceivedSession(ArrivalClock arrival, boolean hasVideo, Consumer<StreamSignal> sink) {
        this.arrival = arrival;
        this.awaitsVideo = hasVideo;
        this.sink = sink;
    }

    void join(TrackReceiver track) {
        switch (track) {
            case VideoTrackReceiver it -> video = it;
            case AudioTrackReceiver it -> audio = it;
        }
    }

    ArrivalClock arrival() {
        return arrival;
    }

    /// What the server's clock makes of now, on the session's media clock.
    long expectedMedia() {
        return wall.anchored() ? wall.mediaAt(arrival.nowMicros()) : BEGIN_90K;
    }

    /// Learns from a unit's arrival. Where there is video it alone tells the time, as audio may be
    /// out of step with it.
    void observe(TrackReceiver track, long media90k) {
        if (track instanceof AudioTrackReceiver && video != null && video.timeline().started()) {
            return;
        }
        wall.observe(media90k, arrival.nowMicros(), arrival.takeStepped());
    }

    Instant instantAt(long media90k) {
        return wall.instantAt(media90k);
    }

    long reanchored() {
        return wall.reanchored();
    }

    /// Moves the media time of everything that follows.
    void shift(long by90k) {
        if (video != null) {
            video.timeline().shift(by90k);
        }
        if (audio != null && audio.timeline().started()) {
            audio.timeline().shift(by90k);
        }
        wall.shift(by90k);
    }

    /// Brings audio in step with video by their sender reports.
    void align() {
        if (audio == null || video == null) {
            return;
        }
        long ahead = audio.aheadOf(video);
        if (Math.abs(ahead) > IN_STEP_90K) {
            audio.timeline().wantShift(-ahead);
        }
    }

    boolean isAudioOnly() {
        return !awaitsVideo;
    }

    void videoFormat(VideoFormat next) {
        videoFormat = next;
        announce();
    }

    void audioFormatChanged() {
        audioChanged = announced != null;
    }

    /// Before a unit of audio.
    ///
    /// @return false while the stream's format is not known, so that the unit cannot be handed on
    boolean announceFor(AudioTrackReceiver track) {
        audio = track;
        if (announced == null && !awaitsVideo) {
            announce();
        } else if (audioChanged) {
            announce(); // a rare camera that lies in its SDP: once, at its first frame
        }
        return announced != null;
    }

    void emit(AccessUnit unit) {
        sink.accept(new StreamSignal.Unit(unit));
    }

    void emitGap(Duration length, GapCause cause) {
        sink.accept(new StreamSignal.Gap(length, cause));
    }

    private void announce() {
        if (audioChanged && video != null) {
            video.awaitKeyFrame();
        }
        audioChanged = false;
        var next = new StreamFormat(videoFormat, audio == null ? null : audio.format());
        if (!next.equals(announced)) {
            announced = next;
            sink.accept(new StreamSignal.FormatChanged(next));
        }
    }
}
