package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.StreamAttempt;
import java.time.Clock;
import java.util.function.Consumer;

/// One RTSP session with a camera, from OPTIONS to TEARDOWN.
public final class RtspAttempt implements StreamAttempt {
    public RtspAttempt(RtspTarget target, RtspTimeouts timeouts, Clock clock) {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public StreamEnd run(Consumer<StreamSignal> sink) throws InterruptedException {
        throw new UnsupportedOperationException("being built");
    }
}
