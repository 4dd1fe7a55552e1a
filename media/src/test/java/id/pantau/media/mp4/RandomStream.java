package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Access units as a camera sends them: random payloads, B-frames, GOPs of random length; sound in
/// frames of the codec's length, timed by the rounded 90 kHz clock.
final class RandomStream {
    static final Instant WALL_START = Instant.parse("2026-11-21T07:00:00.123456789Z");

    final StreamFormat format;
    final List<AccessUnit> units = new ArrayList<>();

    RandomStream(StreamFormat format, double seconds, long seed) {
        this.format = format;
        var random = new Random(seed);
        long zero = random.nextInt(1_000_000);
        if (format.video() != null) {
            addVideo(zero, seconds, random);
        }
        AudioFormat audio = format.audio();
        if (audio != null) {
            addAudio(audio, zero, seconds, random);
        }
        units.sort(Comparator.comparing(AccessUnit::dts)); // stable: video first
    }

    List<AccessUnit> of(MediaKind kind) {
        return units.stream().filter(unit -> unit.kind() == kind).toList();
    }

    private void addVideo(long zero, double seconds, Random random) {
        int frame = random.nextBoolean() ? 3600 : 3003;
        long[] reorder = {0, 2L * frame, frame, 0}; // a little pyramid
        boolean bFrames = random.nextBoolean();
        int left = 0;
        for (long at = 0; at < seconds * 90_000; at += frame) {
            boolean key = left-- <= 0;
            if (key) {
                left = 5 + random.nextInt(60);
            }
            long delay = bFrames ? 2L * frame + reorder[(int) (at / frame % 4)] : 0;
            byte[] nal = new byte[1 + random.nextInt(key ? 4000 : 600)];
            random.nextBytes(nal);
            nal[0] = (byte) (key ? 0x65 : 0x41);
            add(
                    MediaKind.VIDEO,
                    zero,
                    at,
                    delay,
                    key,
                    ByteBuffer.allocate(4 + nal.length).putInt(nal.length).put(nal).flip());
        }
    }

    private void addAudio(AudioFormat audio, long zero, double seconds, Random random) {
        long time = 0;
        while (time < seconds * audio.sampleRateHz()) {
            int samples =
                    switch (audio.codec()) {
                        case AAC -> 1024;
                        case PCMU, PCMA -> 160;
                        case OPUS -> 960;
                        case FLAC, H264, H265 -> throw new IllegalArgumentException();
                    };
            byte[] frame =
                    new byte
                            [audio.codec() == Codec.PCMU || audio.codec() == Codec.PCMA
                                    ? samples
                                    : 20 + random.nextInt(300)];
            random.nextBytes(frame);
            if (audio.codec() == Codec.OPUS) {
                frame[0] = (byte) (19 << 3); // one frame of 20 ms
            }
            long ticks = MediaTime.of(time, audio.sampleRateHz()).ticks90k();
            add(MediaKind.AUDIO, zero, ticks, 0, true, ByteBuffer.wrap(frame));
            time += samples;
        }
    }

    private void add(
            MediaKind kind, long zero, long at, long delay, boolean key, ByteBuffer payload) {
        units.add(
                new AccessUnit(
                        kind,
                        new MediaTime(zero + at),
                        new MediaTime(zero + at + delay),
                        key,
                        WALL_START.plusNanos(at * 100_000 / 9),
                        payload));
    }
}
