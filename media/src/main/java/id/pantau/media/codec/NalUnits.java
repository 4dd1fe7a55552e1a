package id.pantau.media.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Finds NAL units in the two shapes in which they are strung together, and takes out emulation
/// prevention. Everything returned is a view of what was given, unless said otherwise.
public final class NalUnits {
    private NalUnits() {}

    /// Splits a byte stream with start codes (ITU-T H.264 Annex B). Bytes before the first start
    /// code and zero bytes behind a unit do not belong to any.
    ///
    /// @param stream from position to limit; its position does not move
    public static List<ByteBuffer> splitAnnexB(ByteBuffer stream) {
        List<ByteBuffer> units = new ArrayList<>();
        int end = stream.limit();
        int code = findStartCode(stream, stream.position(), end);
        while (code < end) {
            int begin = code + 3;
            code = findStartCode(stream, begin, end);
            int last = code;
            while (last > begin && stream.get(last - 1) == 0) {
                last--;
            }
            if (last > begin) {
                units.add(stream.slice(begin, last - begin));
            }
        }
        return units;
    }

    /// Splits NAL units that each stand behind their length (ISO/IEC 14496-15 §5.3.4.2).
    ///
    /// @param sample from position to limit; its position does not move
    /// @param lengthBytes 1, 2 or 4
    public static List<ByteBuffer> splitLengthPrefixed(ByteBuffer sample, int lengthBytes)
            throws MalformedBitstreamException {
        List<ByteBuffer> units = new ArrayList<>();
        int at = sample.position();
        int end = sample.limit();
        while (at < end) {
            if (end - at < lengthBytes) {
                throw new MalformedBitstreamException("cut short inside a NAL unit's length");
            }
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | sample.get(at + i) & 0xff;
            }
            at += lengthBytes;
            if (length > end - at) {
                throw new MalformedBitstreamException(
                        "a NAL unit of %d bytes in %d".formatted(length, end - at));
            }
            if (length > 0) {
                units.add(sample.slice(at, (int) length));
            }
            at += (int) length;
        }
        return units;
    }

    /// The raw byte sequence payload: a copy without emulation prevention bytes (ITU-T H.264
    /// §7.4.1); the NAL header stays.
    ///
    /// @param unit from position to limit; its position does not move
    public static ByteBuffer unescape(ByteBuffer unit) {
        byte[] plain = new byte[unit.remaining()];
        int length = 0;
        int zeros = 0;
        for (int i = unit.position(); i < unit.limit(); i++) {
            byte octet = unit.get(i);
            if (zeros >= 2 && octet == 3) {
                zeros = 0;
                continue;
            }
            zeros = octet == 0 ? zeros + 1 : 0;
            plain[length++] = octet;
        }
        return ByteBuffer.wrap(plain, 0, length);
    }

    /// @return where `00 00 01` begins in `from` (inclusive) to `end` (exclusive), or `end`
    public static int findStartCode(ByteBuffer bytes, int from, int end) {
        int i = from;
        while (i + 2 < end) {
            int third = bytes.get(i + 2);
            if (third > 1 || third < 0) {
                i += 3;
            } else if (third == 0) {
                i++;
            } else if (bytes.get(i) == 0 && bytes.get(i + 1) == 0) {
                return i;
            } else {
                i += 3;
            }
        }
        return end;
    }
}
