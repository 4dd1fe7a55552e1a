package id.pantau.media.mp4;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The samples of one media track that go into one fragment: what a `traf` and its part of the
/// `mdat` are made of. Reused from fragment to fragment.
final class SampleRun {
    final int trackId;
    private ByteBuffer[] payloads = new ByteBuffer[64];
    private int[] durations = new int[64];
    private int[] offsets = new int[64];
    private int size;
    private int payloadBytes;

    /// Decode time of the first sample, in ticks of the media track.
    long baseTime;

    /// Whether the first sample can be decoded on its own; all others of a video track cannot.
    boolean startsWithKeyFrame;

    /// Which sample entry of the media track decodes it, from 1.
    int sampleEntry = 1;

    SampleRun(int trackId) {
        this.trackId = trackId;
    }

    void clear() {
        Arrays.fill(payloads, 0, size, null);
        size = 0;
        payloadBytes = 0;
        sampleEntry = 1;
    }

    /// @param payload from position to limit
    /// @param duration in ticks of the media track
    /// @param compositionOffset presentation minus decode time, not negative
    void add(ByteBuffer payload, int duration, int compositionOffset) {
        if (size == durations.length) {
            payloads = Arrays.copyOf(payloads, size * 2);
            durations = Arrays.copyOf(durations, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        payloads[size] = payload;
        durations[size] = duration;
        offsets[size] = compositionOffset;
        payloadBytes += payload.remaining();
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    ByteBuffer payload(int index) {
        return payloads[index];
    }

    int sampleBytes(int index) {
        return payloads[index].remaining();
    }

    int duration(int index) {
        return durations[index];
    }

    int compositionOffset(int index) {
        return offsets[index];
    }

    long totalDuration() {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += durations[i];
        }
        return total;
    }

    boolean sameDurations() {
        for (int i = 1; i < size; i++) {
            if (durations[i] != durations[0]) {
                return false;
            }
        }
        return true;
    }

    boolean sameSizes() {
        for (int i = 1; i < size; i++) {
            if (sampleBytes(i) != sampleBytes(0)) {
                return false;
            }
        }
        return true;
    }

    boolean reordered() {
        for (int i = 0; i < size; i++) {
            if (offsets[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
