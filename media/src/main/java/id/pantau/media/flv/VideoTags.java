package id.pantau.media.flv;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.mp4.DecoderConfigurationRecord;
import id.pantau.media.mp4.MalformedMp4Exception;
import id.pantau.media.rtp.AccessUnitBuilder;
import id.pantau.media.rtp.ParameterSets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pictures that follow one decoder configuration: takes parameter sets out of them, which some
/// encoders send once more, or only, in band. Not thread-safe.
final class VideoTags {
    private final Codec codec;
    private final ParameterSets parameterSets;
    private final AccessUnitBuilder builder;
    private final int nalLengthBytes;

    /// @param format null while parameter sets are missing
    /// @param payload as [id.pantau.media.AccessUnit] wants it
    record Unit(@Nullable VideoFormat format, boolean keyFrame, ByteBuffer payload) {}

    VideoTags(Codec codec, ByteBuffer record) throws MalformedFlvException {
        this.codec = codec;
        this.parameterSets = new ParameterSets(codec);
        this.builder = new AccessUnitBuilder(codec, parameterSets);
        try {
            var read = DecoderConfigurationRecord.read(codec, record).orElse(null);
            this.nalLengthBytes = read == null ? 4 : read.nalLengthBytes();
            if (read != null) {
                offer(read.format());
            }
        } catch (MalformedMp4Exception e) {
            throw new MalformedFlvException("decoder configuration: " + e.getMessage());
        }
    }

    Codec codec() {
        return codec;
    }

    /// @param units NAL units behind their lengths
    /// @return null when there is no picture in it
    @Nullable Unit unit(ByteBuffer units) throws MalformedFlvException {
        try {
            for (ByteBuffer unit : NalUnits.splitLengthPrefixed(units, nalLengthBytes)) {
                builder.unit(unit, 0, unit.remaining());
            }
            if (!builder.hasSlice()) {
                return null;
            }
            if (builder.damaged()) {
                throw new MalformedFlvException("a picture with a broken NAL unit");
            }
            VideoFormat format =
                    parameterSets.format(
                            builder.array(), builder.firstSliceAt(), builder.firstSliceBytes());
            return new Unit(format, builder.keyFrame(), builder.payload());
        } catch (MalformedBitstreamException e) {
            throw new MalformedFlvException("a picture with " + e.getMessage());
        } finally {
            builder.clear();
        }
    }

    private void offer(VideoFormat format) {
        Stream.of(format.vps(), format.sps(), format.pps())
                .flatMap(List::stream)
                .map(Bytes::toArray)
                .forEach(set -> {
                    boolean unused = parameterSets.offer(set, 0, set.length);
                });
    }
}
