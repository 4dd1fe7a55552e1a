package id.pantau.media.mp4;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The bodies of `avcC` and `hvcC` (ISO/IEC 14496-15 §5.3.3.1 and §8.3.3.1), which other containers
/// carry as they are.
public final class DecoderConfigurationRecord {
    private static final int BOX_HEADER_BYTES = 8;

    /// @param nalLengthBytes size of the lengths in front of NAL units: 1, 2 or 4
    public record Read(VideoFormat format, int nalLengthBytes) {}

    private DecoderConfigurationRecord() {}

    /// @param format whose SPS can be read
    public static Bytes write(VideoFormat format) {
        var out = new BoxWriter(256);
        if (format.codec() == Codec.H265) {
            DecoderConfigurations.writeHvcC(out, format);
        } else {
            DecoderConfigurations.writeAvcC(out, format);
        }
        ByteBuffer box = out.toBuffer();
        return Bytes.of(box.position(BOX_HEADER_BYTES));
    }

    /// @param codec [Codec#H264] or [Codec#H265]
    /// @param record from position to limit; its position does not move
    /// @return empty when nothing can be decoded with it
    /// @throws MalformedMp4Exception if it is cut short
    public static Optional<Read> read(Codec codec, ByteBuffer record) throws MalformedMp4Exception {
        boolean avc = codec == Codec.H264;
        var fields = new Fields(avc ? FourCc.AVCC : FourCc.HVCC, record);
        return (avc ? SampleEntryReader.readAvcC(fields) : SampleEntryReader.readHvcC(fields))
                .map(entry -> new Read((VideoFormat) entry.format(), entry.nalLengthBytes()));
    }
}
