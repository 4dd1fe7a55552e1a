package id.pantau.media.codec;

import id.pantau.media.Bytes;
import java.nio.ByteBuffer;

/// The header in front of an AAC frame in an ADTS stream (ISO/IEC 13818-7 §6.2).
///
/// @param objectType 1..4; 2 is AAC LC
/// @param channelConfiguration 0..7
/// @param headerBytes 7, or 9 with a checksum
/// @param frameBytes header included
/// @param blocks raw data blocks in the frame, 1..4
public record AdtsHeader(
        int objectType,
        int sampleRateHz,
        int channelConfiguration,
        int headerBytes,
        int frameBytes,
        int blocks) {
    /// Whether the bytes may begin an ADTS frame: syncword and layer.
    public static boolean startsAt(ByteBuffer bytes, int index) {
        return index + 7 <= bytes.limit()
                && (bytes.get(index) & 0xff) == 0xff
                && (bytes.get(index + 1) & 0xf6) == 0xf0;
    }

    /// @param bytes at the header; the position does not move
    public static AdtsHeader parse(ByteBuffer bytes) throws MalformedBitstreamException {
        if (!startsAt(bytes, bytes.position())) {
            throw new MalformedBitstreamException("no ADTS syncword");
        }
        var bits = new BitReader(bytes);
        bits.skip(15);
        boolean unprotected = bits.readFlag();
        int objectType = 1 + bits.readInt(2);
        int rate = AacConfig.rate(bits.readInt(4));
        bits.skip(1);
        int channels = bits.readInt(3);
        bits.skip(4);
        int frame = bits.readInt(13);
        bits.skip(11);
        int blocks = 1 + bits.readInt(2);
        int header = unprotected ? 7 : 9;
        if (frame < header) {
            throw new MalformedBitstreamException("an ADTS frame of %d bytes".formatted(frame));
        }
        return new AdtsHeader(objectType, rate, channels, header, frame, blocks);
    }

    /// The AudioSpecificConfig that says the same.
    public Bytes config() {
        int word =
                objectType << 11
                        | AacConfig.rateIndex(sampleRateHz) << 7
                        | channelConfiguration << 3;
        return Bytes.of((byte) (word >> 8), (byte) word);
    }

    /// @return 0 when told inside the frame
    public int channels() {
        return AacConfig.channelsOf(channelConfiguration);
    }
}
