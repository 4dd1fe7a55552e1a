package id.pantau.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.OpusPacket;
import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.FlvReceiver;
import id.pantau.media.flv.FlvTag;
import id.pantau.media.flv.StreamTag;
import id.pantau.media.flv.TagWriter;
import id.pantau.media.rtp.MadeParameterSets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damages RTMP, AMF and FLV at random and holds the parsers to [RtmpProperties]. The seed is
/// printed; `pantau.seed` repeats a run, `pantau.mutation.seconds` makes it longer.
class RtmpMutationTest {
    private static final List<StreamFormat> FORMATS =
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

    @Test
    void noDamageBreaksTheParsers() {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("RtmpMutationTest: seed " + seed);
        var random = new Random(seed);
        List<byte[]> seeds = seeds(random);
        long end = System.nanoTime() + Long.getLong("pantau.mutation.seconds", 1L) * 1_000_000_000;
        for (int round = 0; System.nanoTime() - end < 0; round++) {
            byte[] input = damaged(seeds.get(round % seeds.size()).clone(), random);
            try {
                RtmpProperties.check(input);
            } catch (Exception | Error e) {
                throw new AssertionError(
                        "seed %d, round %d, input: %s"
                                .formatted(seed, round, Bytes.of(input).toHex()),
                        e);
            }
        }
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        long seed = Long.getLong("pantau.seed", System.nanoTime());
        System.out.println("RtmpMutationTest: seed " + seed);
        var random = new Random(seed);
        for (StreamFormat format : FORMATS) {
            List<AccessUnit> sent = units(format, random);
            var received = new ArrayList<AccessUnit>();
            var formats = new ArrayList<StreamFormat>();
            var receiver =
                    new FlvReceiver(
                            Clock.systemUTC(),
                            System::nanoTime,
                            signal -> {
                                switch (signal) {
                                    case StreamSignal.Unit(AccessUnit unit) -> received.add(unit);
                                    case StreamSignal.FormatChanged(StreamFormat next) ->
                                            formats.add(next);
                                    case StreamSignal.Gap _, StreamSignal.Ended _ ->
                                            throw new AssertionError("nothing is missing");
                                }
                            });
            tags(format, sent).forEach(tag -> receiver.accept(tag.plain()));
            assertThat(formats).as("seed %d", seed).containsExactly(format);
            assertThat(received).hasSameSizeAs(sent);
            RtmpProperties.inOrder(received);
            for (int i = 0; i < sent.size(); i++) {
                assertThat(received.get(i).payload()).isEqualTo(sent.get(i).payload());
                assertThat(received.get(i).keyFrame()).isEqualTo(sent.get(i).keyFrame());
                assertThat(received.get(i).pts().since(received.get(0).pts()))
                        .isEqualTo(sent.get(i).pts().since(sent.get(0).pts()));
            }
        }
    }

    private static List<byte[]> seeds(Random random) {
        var seeds = new ArrayList<byte[]>();
        for (StreamFormat format : FORMATS) {
            var messages = new ByteArrayOutputStream();
            var file = new ByteArrayOutputStream();
            file.writeBytes(array(FlvTag.fileHeader(true, true)));
            for (StreamTag tag : tags(format, units(format, random))) {
                seeds.add(array(tag.plain().body()));
                file.writeBytes(array(tag.as(StreamTag.FILE)));
                FlvTag plain = tag.plain();
                var message =
                        new RtmpMessage(
                                6, plain.kind().type(), plain.timestampMs(), 1, plain.body());
                messages.writeBytes(array(ChunkWriter.write(message, 128)));
            }
            seeds.add(file.toByteArray());
            seeds.add(messages.toByteArray());
        }
        var connect =
                Command.of(
                        "connect",
                        1,
                        AmfValue.object(
                                "app", "live", "list", new AmfValue.Items(List.of(AmfValue.NULL))),
                        AmfValue.array("a", 1, "b", true, "date", new AmfValue.Date(5)));
        seeds.add(array(ChunkWriter.write(connect.message(0), 128)));
        seeds.add(array(connect.message(0).body()));
        seeds.add(array(ChunkWriter.write(RtmpMessage.control(MessageType.ABORT, 6), 128)));
        seeds.add(array(ChunkWriter.write(RtmpMessage.control(1, 4096), 128)));
        return seeds;
    }

    private static List<StreamTag> tags(StreamFormat format, List<AccessUnit> units) {
        var writer = new TagWriter(format);
        var tags = new ArrayList<>(writer.configs(0));
        for (AccessUnit unit : units) {
            int timestampMs = (int) (unit.dts().ticks90k() / 90);
            tags.add(Objects.requireNonNull(writer.unit(unit, timestampMs)));
        }
        return tags;
    }

    /// Pictures out of order (key frame, P, B), with sound between.
    private static List<AccessUnit> units(StreamFormat format, Random random) {
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

    private static byte[] damaged(byte[] input, Random random) {
        byte[] bytes = input;
        for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
            int at =
                    random.nextInt(
                            random.nextBoolean() ? Math.min(24, bytes.length) : bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) 0xff;
                case 3 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                default -> bytes[at] = 0;
            }
        }
        return bytes;
    }

    private static byte[] array(ByteBuffer buffer) {
        return Bytes.of(buffer).toArray();
    }
}
