package id.pantau.testkit;

/// How high a tone is.
public final class Pitch {
    private Pitch() {}

    /// A sine, 16 bits.
    ///
    /// @param samples how many
    public static short[] tone(double hertz, int rateHz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.round(12_000 * Math.sin(2 * Math.PI * hertz * i / rateHz));
        }
        return tone;
    }

    /// Of one tone without much noise, by how often it crosses zero upwards.
    ///
    /// @return Hz; 0 for silence
    public static double of(short[] samples, int rateHz) {
        int first = -1;
        int last = -1;
        int crossings = 0;
        boolean below = false;
        for (int i = 0; i < samples.length; i++) {
            if (samples[i] < -1_000) {
                below = true;
            } else if (below && samples[i] > 1_000) {
                below = false;
                crossings++;
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return crossings < 2 ? 0 : (crossings - 1.0) * rateHz / (last - first);
    }
}
