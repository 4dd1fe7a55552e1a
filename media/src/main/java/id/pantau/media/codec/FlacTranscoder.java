package id.pantau.media.codec;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Repackages G.711 as FLAC (RFC 9639), so that browsers play it: every 16-bit sample that G.711
/// decodes to is kept. Packets are gathered up to a latency. Not thread-safe; one per session.
public final class FlacTranscoder {
    /// What live viewers wait for at most.
    public static final Duration LIVE_LATENCY = Duration.ofMillis(128);

    private final Codec codec;
    private final AudioFormat format;
    private final FlacEncoder encoder;
    private final int maxSamples;
    private int[] pcm; // interleaved
    private int gathered; // samples per channel
    private long number; // of the first gathered sample
    private MediaTime dts = MediaTime.ZERO;
    private Instant wallTime = Instant.EPOCH;

    /// @param g711 of codec PCMU or PCMA
    /// @param latency how much sound one FLAC frame gathers at most
    public FlacTranscoder(AudioFormat g711, Duration latency) {
        if (g711.codec() != Codec.PCMU && g711.codec() != Codec.PCMA) {
            throw new IllegalArgumentException(g711.codec().label() + " is not G.711");
        }
        codec = g711.codec();
        encoder = new FlacEncoder(g711.sampleRateHz(), g711.channels());
        format =
                new AudioFormat(
                        Codec.FLAC, g711.sampleRateHz(), g711.channels(), encoder.streamInfo());
        long samples = MediaTime.ZERO.plus(latency).in(g711.sampleRateHz());
        maxSamples = (int) Math.clamp(samples, 1, FlacEncoder.MAX_BLOCK);
        pcm = new int[maxSamples * g711.channels()];
    }

    /// What comes out.
    public AudioFormat format() {
        return format;
    }

    /// @param unit G.711, at most 65535 samples; a jump of its decode time ends the frame before it
    /// @return a FLAC frame that this unit finished, or null
    public @Nullable AccessUnit add(AccessUnit unit) {
        ByteBuffer codes = unit.payload();
        int samples = codes.remaining() / format.channels();
        if (samples == 0) {
            return null;
        }
        if (samples > FlacEncoder.MAX_BLOCK) {
            throw new IllegalArgumentException("%d samples in one unit".formatted(samples));
        }
        boolean jumped = jumped(unit.dts(), samples);
        AccessUnit done = null;
        if (gathered > 0 && (jumped || gathered + samples > maxSamples)) {
            done = flush();
        }
        if (gathered == 0) {
            dts = unit.dts();
            wallTime = unit.wallTime();
            if (jumped) {
                number = dts.in(format.sampleRateHz());
            }
        }
        append(codes, samples);
        if (done == null && gathered + samples > maxSamples) {
            done = flush(); // the next one would not fit
        }
        return done;
    }

    /// What has been gathered and not yet returned; null when nothing.
    public @Nullable AccessUnit flush() {
        if (gathered == 0) {
            return null;
        }
        ByteBuffer frame = encoder.encode(pcm, gathered, number);
        number += gathered;
        gathered = 0;
        return new AccessUnit(MediaKind.AUDIO, dts, dts, true, wallTime, frame);
    }

    /// Whether a unit does not follow the one before, as far as a jittering clock can tell.
    private boolean jumped(MediaTime at, int samples) {
        int rate = format.sampleRateHz();
        long tolerance = Math.clamp(samples / 2, rate / 200, rate / 25);
        return Math.abs(at.in(rate) - number - gathered) > tolerance;
    }

    private void append(ByteBuffer codes, int samples) {
        int channels = format.channels();
        int start = gathered * channels;
        int count = samples * channels;
        if (pcm.length < start + count) {
            pcm = Arrays.copyOf(pcm, start + count);
        }
        for (int i = 0; i < count; i++) {
            pcm[start + i] = G711.decode(codec, codes.get(i));
        }
        gathered += samples;
    }
}
