package id.pantau.media.mp4;

import java.util.Arrays;

/// Samples of one media track in decoding order: where they lie and when they are due, in ticks of
/// the track. Grows with what is really in the file.
final class SampleTable {
    private long[] offsets = new long[16];
    private long[] times = new long[16];
    private int[] sizes = new int[16];
    private int[] compositionOffsets = new int[16];
    private int[] entries = new int[16]; // sample entry from 1, negative for key frames
    private int size;
    private long end;

    /// @param entry which sample entry decodes it, from 1
    void add(long offset, int bytes, long time, int compositionOffset, boolean key, int entry) {
        if (size == offsets.length) {
            int capacity = size * 2;
            offsets = Arrays.copyOf(offsets, capacity);
            times = Arrays.copyOf(times, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
            compositionOffsets = Arrays.copyOf(compositionOffsets, capacity);
            entries = Arrays.copyOf(entries, capacity);
        }
        offsets[size] = offset;
        times[size] = time;
        sizes[size] = bytes;
        compositionOffsets[size] = compositionOffset;
        entries[size] = key ? -entry : entry;
        size++;
    }

    int size() {
        return size;
    }

    long offset(int index) {
        return offsets[index];
    }

    int bytes(int index) {
        return sizes[index];
    }

    /// Decode time.
    long time(int index) {
        return times[index];
    }

    int compositionOffset(int index) {
        return compositionOffsets[index];
    }

    boolean keyFrame(int index) {
        return entries[index] < 0;
    }

    int entry(int index) {
        return Math.abs(entries[index]);
    }

    /// Decode time at which the last sample is over.
    long end() {
        return end;
    }

    void end(long time) {
        end = time;
    }
}
