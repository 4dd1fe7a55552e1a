package id.pantau.media.rtmp;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.OpusPacket;
import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.FlvTag;
import id.pantau.media.flv.StreamTag;
import id.pantau.media.flv.TagWriter;
import id.pantau.media.rtp.MadeParameterSets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Well-formed RTMP, FLV and AMF, made from three kinds of stream.
final class RtmpSeeds {
    static final List<StreamFormat> FORMATS =
            List.of(
                    new StreamFormat(
                            MadeParameterSets.h264(100, 640, 352, 0, 2),
                            new AudioFormat(
                                    Codec.AAC, 44_100, 2, AacConfig.lowComplexity(44_100, 2))),
                    new StreamFormat(
                            MadeParameterSets.h265(640, 352, 2),
                            new AudioFormat(Codec.OPUS, 48_000, 2, OpusPacket.decoderConfig(2))),
                    new StreamFormat(
                            MadeParameterSets.h264(77, 640, 352, 0, -1),
                            new AudioFormat(Codec.PCMA, 8000, 1, Bytes.EMPTY)));

    private RtmpSeeds() {}

    /// What a client sends behind the handshake: chunks of commands and media.
    static List<byte[]> chunks(Random random) {
        var seeds = new ArrayList<byte[]>();
        for (StreamFormat format : FORMATS) {
            var messages = new ByteArrayOutputStream();
            for (StreamTag tag : tags(format, units(format, random))) {
                FlvTag plain = tag.plain();
                var message =
                        new RtmpMessage(
                                6, plain.kind().type(), plain.timestampMs(), 1, plain.body());
                messages.writeBytes(array(ChunkWriter.write(message, 128)));
            }
            seeds.add(messages.toByteArray());
        }
        seeds.add(array(ChunkWriter.write(connect().message(0), 128)));
        seeds.add(array(ChunkWriter.write(RtmpMessage.control(MessageType.ABORT, 6), 128)));
        seeds.add(array(ChunkWriter.write(RtmpMessage.control(1, 4096), 128)));
        return seeds;
    }

    /// Whole files, and the bodies of single tags.
    static List<byte[]> flv(Random random) {
        var seeds = new ArrayList<byte[]>();
        for (StreamFormat format : FORMATS) {
            var file = new ByteArrayOutputStream();
            file.writeBytes(array(FlvTag.fileHeader(true, true)));
            for (StreamTag tag : tags(format, units(format, random))) {
                seeds.add(array(tag.plain().body()));
                file.writeBytes(array(tag.as(StreamTag.FILE)));
            }
            seeds.add(file.toByteArray());
        }
        return seeds;
    }

    /// The values of a command, of every kind there is.
    static List<byte[]> amf() {
        return List.of(array(connect().message(0).body()));
    }

    private static Command connect() {
        return Command.of(
                "connect",
                1,
                AmfValue.object("app", "live", "list", new AmfValue.Items(List.of(AmfValue.NULL))),
                AmfValue.array("a", 1, "b", true, "date", new AmfValue.Date(5)));
    }

    static List<StreamTag> tags(StreamFormat format, List<AccessUnit> units) {
        var writer = new TagWriter(format);
        var tags = new ArrayList<>(writer.configs(0));
        for (AccessUnit unit : units) {
            int timestampMs = (int) (unit.dts().ticks90k() / 90);
            tags.add(Objects.requireNonNull(writer.unit(unit, timestampMs)));
        }
        return tags;
    }

    /// Pictures out of order (key frame, P, B), with sound between.
    static List<AccessUnit> units(StreamFormat format, Random random) {
        var units = new ArrayList<AccessUnit>();
        boolean h265 = Objects.requireNonNull(format.video()).codec() == Codec.H265;
        for (int i = 0; i < 9; i++) {
            long dts = i * 3600L;
            long pts = dts + new long[] {3600, 7200, 0}[i % 3];
            boolean key = i % 3 == 0;
            byte[] nal = noise(20 + random.nextInt(300), random);
            nal[0] = (byte) (h265 ? (key ? 19 : 1) << 1 : key ? 0x65 : 0x41);
            nal[1] = (byte) (h265 ? 1 : 0x88);
            nal[2] |= (byte) 0x80;
            ByteBuffer payload =
                    ByteBuffer.allocate(4 + nal.length).putInt(nal.length).put(nal).flip();
            units.add(unit(MediaKind.VIDEO, dts, pts, key, payload));
            ByteBuffer sound = ByteBuffer.wrap(noise(1 + random.nextInt(200), random));
            units.add(unit(MediaKind.AUDIO, dts + 900, dts + 900, true, sound));
        }
        return units;
    }

    private static AccessUnit unit(
            MediaKind kind, long dts, long pts, boolean key, ByteBuffer payload) {
        return new AccessUnit(
                kind, new MediaTime(dts), new MediaTime(pts), key, Instant.EPOCH, payload);
    }

    private static byte[] noise(int length, Random random) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (1 + random.nextInt(255)); // no start codes
        }
        return bytes;
    }

    private static byte[] array(ByteBuffer buffer) {
        return Bytes.of(buffer).toArray();
    }
}
