package id.pantau.media.rtp;

import id.pantau.media.Codec;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// A receiver with its clocks in a test's hands.
final class ReceiverBench {
    static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    final RecordedSignals signals = new RecordedSignals();
    final RtpReceiver receiver;
    private Instant now = BEGIN;
    private long nanos;

    ReceiverBench(RtpTrack... tracks) {
        Clock clock =
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                };
        receiver = new RtpReceiver(List.of(tracks), clock, () -> nanos, signals);
    }

    static RtpTrack track(Codec codec, int payloadType, int clockRateHz, Map<String, String> fmtp) {
        return new RtpTrack(codec, payloadType, clockRateHz, 1, fmtp);
    }

    static RtpTrack h264() {
        return track(Codec.H264, 96, 90_000, Map.of());
    }

    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /// Somebody sets the server's clock.
    void setClock(Duration by) {
        now = now.plus(by);
    }

    Instant now() {
        return now;
    }

    void rtp(int track, ByteBuffer packet) {
        receiver.rtp(track, packet);
    }
}
