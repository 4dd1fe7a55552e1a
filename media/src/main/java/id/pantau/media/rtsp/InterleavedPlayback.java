package id.pantau.media.rtsp;

import id.pantau.media.Beat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/// Receives media inside the RTSP connection (RFC 2326 §10.12).
final class InterleavedPlayback {
    private static final int NOT_OURS = -1;

    private final Playback playback;
    private final RtspConnection connection;
    private final RtspInput input;
    private final Duration patience;

    /// Per channel: twice the index of its media track, one more for RTCP.
    private final int[] destinations = new int[256];

    InterleavedPlayback(
            Playback playback, RtspConnection connection, RtspInput input, Duration patience) {
        this.playback = playback;
        this.connection = connection;
        this.input = input;
        this.patience = patience;
        Arrays.fill(destinations, NOT_OURS);
        int last = 0;
        for (int track = 0; track < playback.tracks.size(); track++) {
            RtspTransport.Pair channels = playback.tracks.get(track).channels();
            destinations[channels.rtcp()] = 2 * track + 1;
            destinations[channels.rtp()] = 2 * track;
            last = Math.max(last, Math.max(channels.rtp(), channels.rtcp()));
        }
        // Media tracks that were not set up may still come, on channels close by.
        input.acceptChannelsBelow(Math.min(256, last + 16));
    }

    /// Until it is over.
    void run() throws AttemptOverException, InterruptedException {
        var beat = new Beat();
        try (var guard = new SilenceGuard(connection, playback.stall())) {
            while (true) {
                int count = connection.fill(input, 0);
                guard.heard(playback.woke());
                playback.drain(input, this::take);
                if (count < 0) {
                    throw playback.closedByCamera();
                }
                playback.housekeeping(this::report);
                beat.restAfter(count, playback.isAwaited());
            }
        }
    }

    private void take(int channel, ByteBuffer packet) {
        int destination = destinations[channel];
        if (destination == NOT_OURS) {
            return;
        }
        if ((destination & 1) == 0) {
            playback.receiver.rtp(destination >> 1, packet);
        } else {
            playback.receiver.rtcp(destination >> 1, packet);
        }
    }

    private void report(int track, ByteBuffer report)
            throws AttemptOverException, InterruptedException {
        int channel = playback.tracks.get(track).channels().rtcp();
        ByteBuffer frame = ByteBuffer.allocate(4 + report.remaining());
        frame.put((byte) '$').put((byte) channel).putShort((short) report.remaining());
        connection.send(frame.put(report).flip(), patience);
    }
}
