package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A session that plays: what both transports share. The loops are [InterleavedPlayback] and
/// [UdpPlayback]; each owns the thread that calls it.
final class Playback {
    private final RtspConnection connection;
    private final RtspDialogue dialogue;
    private final MediaWatch watch;
    private final KeepAlive keepAlive;
    private final Duration reportEvery;
    private final int tickMs;
    final PacketReceiver receiver;
    final List<PulledTrack> tracks;
    private long nextReportNanos;

    Playback(
            RtspConnection connection,
            RtspDialogue dialogue,
            MediaWatch watch,
            KeepAlive keepAlive,
            PacketReceiver receiver,
            List<PulledTrack> tracks,
            Pace pace) {
        this.connection = connection;
        this.dialogue = dialogue;
        this.watch = watch;
        this.keepAlive = keepAlive;
        this.receiver = receiver;
        this.tracks = tracks;
        this.reportEvery = pace.reportEvery;
        this.tickMs = pace.tickMs;
        this.nextReportNanos = System.nanoTime() + reportEvery.toNanos();
    }

    /// @param reportEvery between two RTCP receiver reports
    /// @param tickMs how long a loop waits for media before it looks at its clocks
    record Pace(Duration reportEvery, int tickMs) {
        /// RFC 3550 §6.2 has 5 s as the shortest interval of small sessions.
        static Pace of(RtspTimeouts timeouts, Duration reportEvery) {
            long quarter = timeouts.stall().toMillis() / 4;
            return new Pace(reportEvery, (int) Math.clamp(quarter, 10, 500));
        }
    }

    /// How the reports of all media tracks leave together.
    interface Reports {
        void send(int track, ByteBuffer report) throws AttemptOverException, InterruptedException;
    }

    int tickMs() {
        return tickMs;
    }

    String where() {
        return connection.where();
    }

    /// Before the packets of one read are handed on.
    ///
    /// @return the time, by [System#nanoTime()]
    long woke() {
        long now = System.nanoTime();
        watch.tick(now);
        return now;
    }

    /// Whether units are taken as they come.
    boolean isAwaited() {
        return watch.isAwaited();
    }

    /// How long the camera may send nothing.
    Duration stall() {
        return watch.stall();
    }

    /// After them: ends what has stopped, says what is due.
    void housekeeping(Reports reports) throws AttemptOverException, InterruptedException {
        long now = System.nanoTime();
        watch.seen(receiver.accessUnitsSeen());
        watch.lost(receiver.packetsLost());
        watch.check(where());
        keepAlive.tick(now);
        if (now - nextReportNanos >= 0) {
            nextReportNanos = now + reportEvery.toNanos();
            for (int track = 0; track < tracks.size(); track++) {
                Optional<ByteBuffer> report = receiver.receiverReport(track);
                if (report.isPresent()) {
                    reports.send(track, report.get());
                }
            }
        }
    }

    /// Takes the frames and messages that have arrived; a frame is valid during the call only.
    void drain(RtspInput input, FrameTaker frames)
            throws AttemptOverException, InterruptedException {
        while (true) {
            switch (dialogue.next()) {
                case FRAME -> frames.take(input.frameChannel(), input.frame());
                case MESSAGE -> message(input.message());
                case NOTHING -> {
                    return;
                }
            }
        }
    }

    interface FrameTaker {
        void take(int channel, ByteBuffer packet);
    }

    private void message(RtspMessage message) throws AttemptOverException, InterruptedException {
        switch (message) {
            case Response response -> keepAlive.answered(dialogue.received(response), where());
            case Request request -> dialogue.answer(request);
        }
    }

    /// @throws AttemptOverException when it was silent for too long before
    AttemptOverException closedByCamera() throws AttemptOverException {
        watch.check(where());
        return new AttemptOverException(
                Reason.CLOSED_BY_CAMERA, where() + " closed the connection while playing.");
    }
}
