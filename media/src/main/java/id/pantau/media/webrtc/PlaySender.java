package id.pantau.media.webrtc;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes a stream from its hub and sends it to one viewer, on a virtual thread of its own. Starts,
/// and answers a request for a key frame, with the newest GOP of the hub's cache.
final class PlaySender implements Runnable {
    private static final System.Logger LOG = System.getLogger(PlaySender.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// A peer asks again and again until a key frame is there; each replay is a burst.
    private static final long REPLAY_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final PlaySource source;
    private final List<OutgoingTrack> tracks;
    private final OutgoingClock clock = new OutgoingClock();
    private final long[] reportedNanos;
    private volatile boolean keyFrameWanted;
    private volatile long dropped;
    private volatile @Nullable StreamEnd end;
    private long replayedNanos;
    private long droppedBefore; // by readers that were given back

    PlaySender(PlaySource source, List<OutgoingTrack> tracks) {
        this.source = source;
        this.tracks = List.copyOf(tracks);
        this.reportedNanos = new long[tracks.size()];
        Arrays.fill(reportedNanos, System.nanoTime() - REPORT_NANOS);
    }

    /// The peer has no picture to go on from. Any thread may say so.
    void wantKeyFrame() {
        keyFrameWanted = true;
    }

    /// Access units this viewer was too slow for.
    long dropped() {
        return dropped;
    }

    /// Why it stopped by itself; null while it runs, and when it was interrupted.
    @Nullable StreamEnd end() {
        return end;
    }

    @Override
    public void run() {
        try {
            while (end == null) {
                play();
            }
        } catch (InterruptedException _) {
            // the session is over
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, "a WebRTC viewer could not be served", broken);
            end = new StreamEnd(StreamEnd.Reason.PROTOCOL_ERROR, "internal error");
        }
        tracks.forEach(OutgoingTrack::bye);
    }

    /// From one key frame of the cache on, until the peer wants another.
    private void play() throws InterruptedException {
        keyFrameWanted = false;
        replayedNanos = System.nanoTime();
        try (HubReader reader = source.open(StreamHub.Start.NEWEST_KEY_FRAME)) {
            replay(reader);
            while (end == null && !isReplayDue()) {
                StreamSignal signal = reader.poll(PATIENCE);
                if (signal != null) {
                    accept(signal);
                }
                dropped = droppedBefore + reader.dropped();
            }
            droppedBefore += reader.dropped();
        }
    }

    private boolean isReplayDue() {
        return keyFrameWanted && System.nanoTime() - replayedNanos > REPLAY_NANOS;
    }

    private void replay(HubReader reader) throws InterruptedException {
        var cached = new ArrayList<AccessUnit>();
        int backlog = reader.backlog();
        for (int taken = 0; taken < backlog; ) {
            StreamSignal signal = reader.poll(Duration.ZERO);
            if (signal == null) {
                break;
            }
            if (signal instanceof StreamSignal.Unit(AccessUnit unit)) {
                taken++;
                if (unit.isVideo()) { // sound of the past has nowhere to go
                    cached.add(unit);
                }
            } else {
                cached.clear();
                accept(signal);
            }
        }
        for (int i = 0; i < cached.size(); i++) {
            int behind = cached.size() - 1 - i;
            send(clock.replayed(cached.get(i), cached.getLast(), behind, cached.size()));
        }
    }

    private void accept(StreamSignal signal) throws InterruptedException {
        switch (signal) {
            case StreamSignal.FormatChanged(StreamFormat format) -> change(format);
            case StreamSignal.Unit(AccessUnit unit) -> {
                AccessUnit stamped = clock.live(unit);
                send(stamped);
                report(stamped);
            }
            case StreamSignal.Gap _ -> {} // the next picture is a key frame
            case StreamSignal.Ended _ -> clock.sessionEnded();
        }
    }

    private void change(StreamFormat format) {
        for (OutgoingTrack track : tracks) {
            VideoFormat video = format.video();
            AudioFormat audio = format.audio();
            Codec agreed = track.agreed().track().codec();
            if (track.agreed().isVideo() && video != null && video.codec() != agreed) {
                end =
                        new StreamEnd(
                                StreamEnd.Reason.UNSUPPORTED_CODEC,
                                "the stream is %s now: a new offer is needed"
                                        .formatted(video.codec().label()));
                return;
            }
            if (track.agreed().isVideo() && video != null) {
                track.format(video);
            } else if (!track.agreed().isVideo() && audio != null && audio.codec() == agreed) {
                track.format(audio);
            } else {
                track.silence();
            }
        }
    }

    private void send(AccessUnit unit) throws InterruptedException {
        OutgoingTrack track = track(unit);
        if (track == null) {
            return;
        }
        try {
            track.send(unit);
        } catch (IllegalArgumentException _) {
            droppedBefore++; // no NAL units: what a damaged recording may hold
        }
    }

    private void report(AccessUnit unit) {
        OutgoingTrack track = track(unit);
        int at = track == null ? -1 : tracks.indexOf(track);
        long now = System.nanoTime();
        if (track != null && now - reportedNanos[at] >= REPORT_NANOS) {
            reportedNanos[at] = now;
            track.report(unit.pts(), unit.wallTime());
        }
    }

    private @Nullable OutgoingTrack track(AccessUnit unit) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).agreed().isVideo() == unit.isVideo()) {
                return tracks.get(i);
            }
        }
        return null;
    }
}
