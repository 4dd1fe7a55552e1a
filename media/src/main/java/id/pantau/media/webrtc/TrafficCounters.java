package id.pantau.media.webrtc;

import java.util.concurrent.atomic.LongAdder;

/// The counters behind [WebRtcTraffic]. Thread-safe.
record TrafficCounters(
        LongAdder stunRejected,
        LongAdder strayPackets,
        LongAdder unsent,
        LongAdder overflowed,
        LongAdder handshakesFailed) {
    TrafficCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
