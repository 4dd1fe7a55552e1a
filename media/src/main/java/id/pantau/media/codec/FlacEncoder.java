package id.pantau.media.codec;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// Encodes 16-bit PCM losslessly into FLAC frames of variable size (RFC 9639): channels on their
/// own, fixed predictors with partitioned Rice codes, constant or verbatim where those are shorter.
/// Zero bits that all samples end with are taken out. Not thread-safe.
final class FlacEncoder {
    static final int MAX_BLOCK = 65_535;

    /// The least block size that STREAMINFO may name (§8.2).
    private static final int MIN_BLOCK = 16;

    private static final int BITS = 16;
    private static final int MAX_ORDER = 4;
    private static final int MAX_PARTITION_ORDER = 5;
    private static final int MAX_RICE = 14;
    private static final long CODED_NUMBER_MASK = (1L << 36) - 1;

    private final int sampleRateHz;
    private final int channels;
    private final FlacBits out = new FlacBits();
    private int[] samples = new int[1024];
    private int[] residual = new int[1024];
    private final int[] rice = new int[1 << MAX_PARTITION_ORDER];
    private final int[] bestRice = new int[1 << MAX_PARTITION_ORDER];
    private long bestBits; // of the residual with these parameters

    FlacEncoder(int sampleRateHz, int channels) {
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
    }

    /// The STREAMINFO block body (§8.2); length and checksum of the whole are unknown.
    Bytes streamInfo() {
        var info = ByteBuffer.allocate(34);
        info.putShort((short) MIN_BLOCK).putShort((short) MAX_BLOCK);
        info.position(10); // frame sizes unknown
        info.putLong((long) sampleRateHz << 44 | (channels - 1L) << 41 | (BITS - 1L) << 36);
        return Bytes.of(info.clear());
    }

    /// @param pcm interleaved, -32768..32767
    /// @param count samples per channel, 1..[#MAX_BLOCK]
    /// @param number of the first sample in the stream
    ByteBuffer encode(int[] pcm, int count, long number) {
        if (samples.length < count) {
            samples = new int[count];
            residual = new int[count];
        }
        writeHeader(count, number & CODED_NUMBER_MASK);
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < count; i++) {
                samples[i] = pcm[i * channels + channel];
            }
            writeSubframe(count);
        }
        out.padToByte();
        out.write(out.crc16(), 16);
        return out.take();
    }

    private void writeHeader(int count, long number) {
        boolean small = count <= 256;
        out.write(0xfff9, 16); // sync code, blocks of variable size
        out.write(small ? 6 : 7, 4);
        out.write(rateCode(), 4);
        out.write(channels - 1L, 4);
        out.write(4, 3); // 16 bits
        out.write(0, 1);
        writeCodedNumber(number);
        out.write(count - 1L, small ? 8 : 16);
        out.write(out.crc8(), 8);
    }

    private int rateCode() {
        return switch (sampleRateHz) {
            case 8_000 -> 4;
            case 16_000 -> 5;
            case 22_050 -> 6;
            case 24_000 -> 7;
            case 32_000 -> 8;
            case 44_100 -> 9;
            case 48_000 -> 10;
            default -> 0; // as STREAMINFO says
        };
    }

    /// §9.1.5: like UTF-8, up to 36 bits.
    private void writeCodedNumber(long number) {
        if (number < 0x80) {
            out.write(number, 8);
            return;
        }
        int more = 1;
        while (number >>> more * 5 + 6 != 0) {
            more++;
        }
        int lead = 0xff << 7 - more & 0xff;
        out.write(lead | number >>> more * 6, 8);
        for (int i = more - 1; i >= 0; i--) {
            out.write(0x80 | number >>> i * 6 & 0x3f, 8);
        }
    }

    private void writeSubframe(int count) {
        int wasted = removeWastedBits(count);
        int bits = BITS - wasted;
        if (isConstant(count)) {
            writeSubframeHeader(0, wasted);
            out.write(samples[0], bits);
            return;
        }
        int order = bestOrder(count);
        predict(order, count);
        int partitionOrder = choosePartitions(order, count);
        if (bestBits + (long) order * bits + 6 >= (long) count * bits) {
            writeSubframeHeader(1, wasted); // verbatim
            for (int i = 0; i < count; i++) {
                out.write(samples[i], bits);
            }
            return;
        }
        writeSubframeHeader(8 | order, wasted);
        for (int i = 0; i < order; i++) {
            out.write(samples[i], bits);
        }
        writeResidual(order, partitionOrder, count);
    }

    private void writeSubframeHeader(int type, int wasted) {
        out.write(type, 7); // a zero bit and 6 of type
        out.write(wasted > 0 ? 1 : 0, 1);
        if (wasted > 0) {
            out.writeUnary(wasted - 1);
        }
    }

    private int removeWastedBits(int count) {
        int all = 0;
        for (int i = 0; i < count; i++) {
            all |= samples[i];
        }
        int wasted = all == 0 ? 0 : Math.min(BITS - 1, Integer.numberOfTrailingZeros(all));
        if (wasted > 0) {
            for (int i = 0; i < count; i++) {
                samples[i] >>= wasted;
            }
        }
        return wasted;
    }

    private boolean isConstant(int count) {
        for (int i = 1; i < count; i++) {
            if (samples[i] != samples[0]) {
                return false;
            }
        }
        return true;
    }

    /// The order of fixed predictor (§9.2.5) with the smallest sum of absolute residuals.
    private int bestOrder(int count) {
        int highest = Math.min(MAX_ORDER, count - 1);
        long least = Long.MAX_VALUE;
        int best = 0;
        for (int order = 0; order <= highest; order++) {
            predict(order, count);
            long sum = 0;
            for (int i = order; i < count; i++) {
                sum += Math.abs(residual[i]);
            }
            if (sum < least) {
                least = sum;
                best = order;
            }
        }
        return best;
    }

    private void predict(int order, int count) {
        int[] s = samples;
        for (int i = order; i < count; i++) {
            residual[i] =
                    switch (order) {
                        case 0 -> s[i];
                        case 1 -> s[i] - s[i - 1];
                        case 2 -> s[i] - 2 * s[i - 1] + s[i - 2];
                        case 3 -> s[i] - 3 * s[i - 1] + 3 * s[i - 2] - s[i - 3];
                        default -> s[i] - 4 * s[i - 1] + 6 * s[i - 2] - 4 * s[i - 3] + s[i - 4];
                    };
        }
    }

    /// Tries every partition order that divides the block and leaves its parameters in `bestRice`
    /// and its length in `bestBits`.
    private int choosePartitions(int order, int count) {
        int best = 0;
        bestBits = Long.MAX_VALUE;
        for (int partitionOrder = 0; partitionOrder <= MAX_PARTITION_ORDER; partitionOrder++) {
            int size = count >> partitionOrder;
            if (size << partitionOrder != count || size <= order) {
                break;
            }
            long bits = 0;
            for (int partition = 0; partition < 1 << partitionOrder; partition++) {
                int from = Math.max(order, partition * size);
                int until = (partition + 1) * size;
                rice[partition] = riceParameter(from, until);
                bits += 4 + riceBits(from, until, rice[partition]);
            }
            if (bits < bestBits) {
                bestBits = bits;
                best = partitionOrder;
                System.arraycopy(rice, 0, bestRice, 0, 1 << partitionOrder);
            }
        }
        return best;
    }

    private int riceParameter(int from, int until) {
        long sum = 0;
        for (int i = from; i < until; i++) {
            sum += zigzag(residual[i]);
        }
        long mean = sum / Math.max(1, until - from);
        int guess = Math.min(MAX_RICE, 63 - Long.numberOfLeadingZeros(mean | 1));
        int best = guess;
        long least = riceBits(from, until, guess);
        for (int k = Math.max(0, guess - 1); k <= Math.min(MAX_RICE, guess + 1); k++) {
            long bits = riceBits(from, until, k);
            if (bits < least) {
                least = bits;
                best = k;
            }
        }
        return best;
    }

    private long riceBits(int from, int until, int k) {
        long bits = (long) (until - from) * (k + 1);
        for (int i = from; i < until; i++) {
            bits += zigzag(residual[i]) >> k;
        }
        return bits;
    }

    private void writeResidual(int order, int partitionOrder, int count) {
        out.write(0, 2); // parameters of 4 bits
        out.write(partitionOrder, 4);
        int size = count >> partitionOrder;
        for (int partition = 0; partition < 1 << partitionOrder; partition++) {
            int k = bestRice[partition];
            out.write(k, 4);
            for (int i = Math.max(order, partition * size); i < (partition + 1) * size; i++) {
                int value = zigzag(residual[i]);
                out.writeUnary(value >> k);
                out.write(value, k);
            }
        }
    }

    /// 0, -1, 1, -2, … to 0, 1, 2, 3, …; residuals have at most 20 bits.
    private static int zigzag(int value) {
        return value << 1 ^ value >> 31;
    }
}
