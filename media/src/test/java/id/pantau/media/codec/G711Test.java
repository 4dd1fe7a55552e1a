package id.pantau.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G711Test {
    /// The decision values of the tables of ITU-T G.711, as 16-bit samples.
    @ParameterizedTest
    @CsvSource({
        "PCMU, 0, ff", "PCMU, 1000, ce", "PCMU, -1000, 4e", "PCMU, 32767, 80", "PCMU, -32768, 00",
        "PCMA, 0, d5", "PCMA, 1000, fa", "PCMA, -1000, 7a", "PCMA, 32767, aa", "PCMA, -32768, 2a"
    })
    void knownSamplesHaveTheirCodes(Codec codec, int sample, String code) {
        assertThat(Integer.toHexString(0x100 | G711.encode(codec, sample)).substring(1))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"PCMU", "PCMA"})
    void whatACodeDecodesToIsEncodedAsThatCode(Codec codec) {
        for (int code = 0; code < 256; code++) {
            int sample = G711.decode(codec, code);
            int expected = codec == Codec.PCMU && code == 0x7f ? 0xff : code; // two zeros
            assertThat(G711.encode(codec, sample)).as("code %02x", code).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMU, 644", "PCMA, 512"})
    void noSampleIsFurtherOffThanHalfAStep(Codec codec, int worst) {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int off = Math.abs(G711.decode(codec, G711.encode(codec, sample)) - sample);
            assertThat(off).isLessThanOrEqualTo(Math.min(worst, 16 + Math.abs(sample) / 16));
        }
    }

    @Test
    void halvingKeepsWhatTheLowerRateCarriesAndNothingElse() {
        assertThat(loudness(300)).isBetween(0.97, 1.03);
        assertThat(loudness(3_000)).isBetween(0.97, 1.03);
        assertThat(loudness(4_600)).isLessThan(0.01);
        assertThat(loudness(7_000)).isLessThan(0.01);
    }

    @Test
    void halvingInPiecesIsHalvingAtOnce() {
        short[] whole = tone(440, 1_000);
        short[] once = new HalfRateFilter().halve(whole);
        var filter = new HalfRateFilter();
        short[] pieces = new short[once.length];
        int count = 0;
        for (int from = 0; from < whole.length; from += 37) {
            int until = Math.min(whole.length, from + 37);
            for (short sample : filter.halve(java.util.Arrays.copyOfRange(whole, from, until))) {
                pieces[count++] = sample;
            }
        }
        assertThat(pieces).isEqualTo(once);
    }

    /// Of a tone at 16 kHz behind the filter, beside the one before.
    private static double loudness(int hertz) {
        short[] halved = new HalfRateFilter().halve(tone(hertz, 16_000));
        double sum = 0;
        for (int i = 100; i < halved.length; i++) {
            sum += (double) halved[i] * halved[i];
        }
        return Math.sqrt(2 * sum / (halved.length - 100)) / 10_000;
    }

    private static short[] tone(int hertz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / 16_000));
        }
        return tone;
    }
}
