package id.pantau.media.codec;

/// PCM at half its sample rate: a low-pass filter (windowed sinc, linear phase), of whose output
/// every second sample is kept. What the lower rate cannot carry is 50 dB down, so that hissing
/// sounds do not come back as others. Goes on where the samples before ended; not thread-safe.
public final class HalfRateFilter {
    private static final int TAPS = 63;

    /// Of the sample rate that comes in: a little below the new one's half.
    private static final double CUTOFF = 0.22;

    private static final double[] WEIGHTS = weights();

    private final double[] last = new double[TAPS]; // a ring
    private int at;
    private boolean odd;

    /// @return half as many, or one more when one was left over
    public short[] halve(short[] samples) {
        short[] out = new short[(samples.length + (odd ? 0 : 1)) / 2];
        int count = 0;
        for (short sample : samples) {
            last[at] = sample;
            at = (at + 1) % TAPS;
            if (!odd) {
                out[count++] = filtered();
            }
            odd = !odd;
        }
        return out;
    }

    private short filtered() {
        double sum = 0;
        for (int i = 0; i < TAPS; i++) {
            sum += WEIGHTS[i] * last[(at + i) % TAPS];
        }
        return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /// A sinc under a Hamming window, its sum 1.
    private static double[] weights() {
        double[] weights = new double[TAPS];
        double sum = 0;
        for (int i = 0; i < TAPS; i++) {
            double x = i - (TAPS - 1) / 2.0;
            double sinc = x == 0 ? 2 * CUTOFF : Math.sin(2 * Math.PI * CUTOFF * x) / (Math.PI * x);
            weights[i] = sinc * (0.54 - 0.46 * Math.cos(2 * Math.PI * i / (TAPS - 1)));
            sum += weights[i];
        }
        for (int i = 0; i < TAPS; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
