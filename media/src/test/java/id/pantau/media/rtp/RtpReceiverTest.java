package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.OpusPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RtpReceiverTest {
    private static final Duration FRAME = Duration.ofMillis(40);
    private static final int TICKS = 3600;
    private static final VideoFormat BASELINE = MadeParameterSets.h264(66, 640, 480, 2, 0);

    private final Random random = new Random(7);

    @Test
    void whatIsPacketizedComesBackAsItWas() {
        long seed = System.nanoTime();
        System.out.println("RtpReceiverTest round trip seed " + seed);
        var sizes = new Random(seed);
        for (MediaFormat format :
                List.of(
                        BASELINE,
                        MadeParameterSets.h265(1280, 720, 0),
                        new AudioFormat(Codec.AAC, 16_000, 1, AacConfig.lowComplexity(16_000, 1)),
                        new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY),
                        new AudioFormat(Codec.OPUS, 48_000, 2, OpusPacket.decoderConfig(2)))) {
            for (int mtu : new int[] {200, 1200, 1472}) {
                assertRoundTrip(format, mtu, sizes);
            }
        }
    }

    private void assertRoundTrip(MediaFormat format, int mtu, Random sizes) {
        var sender = new Sender(format, mtu);
        var bench = new ReceiverBench(sender.track());
        List<AccessUnit> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            AccessUnit unit =
                    switch (format) {
                        case VideoFormat video ->
                                Units.picture(
                                        (long) i * TICKS,
                                        i % 12 == 0,
                                        video.codec() == Codec.H265,
                                        1 + sizes.nextInt(3),
                                        1 + sizes.nextInt(6000),
                                        sizes);
                        case AudioFormat audio -> sound(audio, i, sizes);
                    };
            sent.add(unit);
            sender.packets(unit).forEach(packet -> bench.rtp(0, packet));
            bench.pass(FRAME);
        }
        List<AccessUnit> received = bench.signals.units();
        assertThat(received).as("%s mtu %d", format, mtu).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(received.get(i).payload()).isEqualTo(sent.get(i).payload());
            assertThat(received.get(i).keyFrame()).isEqualTo(sent.get(i).keyFrame());
        }
        Units.assertInOrder(received);
        assertThat(bench.signals.formats()).hasSize(1);
        StreamSignal first = bench.signals.all.getFirst();
        assertThat(first).isInstanceOf(StreamSignal.FormatChanged.class);
        var announced = bench.signals.formats().getFirst();
        assertThat(format instanceof VideoFormat ? announced.video() : announced.audio())
                .isEqualTo(format);
        assertThat(bench.receiver.statistics().packetsMalformed()).isZero();
    }

    private static AccessUnit sound(AudioFormat format, int index, Random random) {
        return switch (format.codec()) {
            case PCMU -> Units.sound(index * 1800L, 160, random);
            case OPUS -> {
                AccessUnit unit = Units.sound(index * 1800L, 80, random);
                ByteBuffer payload = ByteBuffer.allocate(80).put(unit.payload());
                payload.put(0, (byte) 0x78); // 20 ms
                yield new AccessUnit(
                        unit.kind(), unit.dts(), unit.pts(), true, unit.wallTime(), payload.flip());
            }
            default -> Units.sound(index * 5760L, 1 + random.nextInt(900), random);
        };
    }

    @Test
    void lossCostsEverythingUpToTheNextKeyFrameAndIsToldAndCounted() {
        for (long seed = 0; seed < 30; seed++) {
            var chance = new Random(seed);
            var sender = new Sender(BASELINE, 600);
            var bench = new ReceiverBench(sender.track());
            List<AccessUnit> expected = new ArrayList<>();
            boolean decodable = false;
            boolean broken = false;
            int lost = 0;
            for (int i = 0; i < 200; i++) {
                boolean key = i % 10 == 0;
                AccessUnit unit = Units.picture((long) i * TICKS, key, false, 2, 900, random);
                List<ByteBuffer> packets = sender.packets(unit);
                int victim = i > 0 && chance.nextInt(15) == 0 ? chance.nextInt(packets.size()) : -1;
                for (int p = 0; p < packets.size(); p++) {
                    if (p == victim) {
                        lost++;
                    } else {
                        bench.rtp(0, packets.get(p));
                    }
                }
                // The parameter sets in front of a key frame are known already; all else is missed.
                boolean hurt = victim > 0 || (victim == 0 && !key);
                if (hurt) {
                    broken = true;
                }
                decodable = key ? !hurt : decodable && !hurt;
                if (decodable) {
                    expected.add(unit);
                }
                bench.pass(FRAME);
            }
            assertThat(broken).isTrue();
            List<AccessUnit> received = bench.signals.video();
            assertThat(received.stream().map(AccessUnit::payload).toList())
                    .as("seed %d", seed)
                    .isEqualTo(expected.stream().map(AccessUnit::payload).toList());
            Units.assertInOrder(received);
            assertThat(bench.receiver.statistics().packetsLost()).isBetween(lost - 1L, (long) lost);
            assertThat(bench.signals.gaps()).isNotEmpty();
            assertThat(bench.signals.gaps())
                    .allMatch(gap -> gap.cause() == GapCause.NETWORK && gap.length().isPositive());
            assertKeyFrameBehindEveryGap(bench.signals.all);
        }
    }

    private static void assertKeyFrameBehindEveryGap(List<StreamSignal> signals) {
        for (int i = 0; i + 1 < signals.size(); i++) {
            if (signals.get(i) instanceof StreamSignal.Gap) {
                assertThat(signals.get(i + 1))
                        .isInstanceOfSatisfying(
                                StreamSignal.Unit.class,
                                unit -> assertThat(unit.unit().keyFrame()).isTrue());
            }
        }
    }

    @Test
    void reorderedPacketsOfAUdpCameraLoseNothing() {
        long seed = System.nanoTime();
        System.out.println("RtpReceiverTest reordering seed " + seed);
        var chance = new Random(seed);
        var sender = new Sender(BASELINE, 300);
        var bench = new ReceiverBench(sender.track());
        var order = new ReorderBuffer(64, Duration.ofMillis(200), packet -> bench.rtp(0, packet));
        List<AccessUnit> sent = new ArrayList<>();
        List<ByteBuffer> wire = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            AccessUnit unit = Units.picture((long) i * TICKS, i % 10 == 0, false, 1, 2000, random);
            sent.add(unit);
            wire.addAll(sender.packets(unit));
        }
        for (int i = 2; i + 8 < wire.size(); i += 8) {
            Collections.shuffle(wire.subList(i, i + 8), chance);
        }
        for (ByteBuffer packet : wire) {
            order.offer(packet, 0);
            if (chance.nextInt(10) == 0) {
                order.offer(packet, 0); // a copy
            }
        }
        order.flush();
        assertThat(bench.signals.video().stream().map(AccessUnit::payload).toList())
                .isEqualTo(sent.stream().map(AccessUnit::payload).toList());
        assertThat(order.lost()).isZero();
        assertThat(order.reordered()).isPositive();
        assertThat(order.late() + order.duplicates()).isPositive();
    }

    @Test
    void aCameraWithoutMarkersIsCutByTimestamps() {
        var sender = new Sender(BASELINE, 400);
        var bench = new ReceiverBench(sender.track());
        for (int i = 0; i < 20; i++) {
            for (ByteBuffer packet :
                    sender.packets(
                            Units.picture((long) i * TICKS, i == 0, false, 2, 700, random))) {
                packet.put(1, (byte) (packet.get(1) & 0x7f));
                bench.rtp(0, packet);
            }
        }
        assertThat(bench.signals.video()).hasSize(19);
    }

    @Test
    void aCameraThatMarksEverySliceIsUnderstoodAfterItsFirstPicture() throws Exception {
        var sender = new Sender(BASELINE, 1400);
        var bench = new ReceiverBench(sender.track());
        for (int i = 0; i < 40; i++) {
            for (ByteBuffer packet :
                    sender.packets(
                            Units.picture((long) i * TICKS, i % 10 == 0, false, 3, 500, random))) {
                packet.put(1, (byte) (packet.get(1) | 0x80));
                bench.rtp(0, packet);
            }
        }
        List<AccessUnit> pictures = bench.signals.video();
        assertThat(pictures).hasSize(1 + 29);
        assertThat(pictures.subList(1, 30)).allMatch(unit -> unit.sizeBytes() == 3 * 505);
        assertThat(pictures.get(1).keyFrame()).isTrue();
    }

    @Test
    void aCameraWithNeitherMarkersNorTimestampsIsCutByItsSlices() {
        var sender = new Sender(BASELINE, 1400);
        var bench = new ReceiverBench(sender.track());
        for (int i = 0; i < 10; i++) {
            for (ByteBuffer packet :
                    sender.packets(Units.picture(0, i == 0, false, 2, 500, random))) {
                packet.put(1, (byte) (packet.get(1) & 0x7f));
                bench.rtp(0, packet);
            }
            bench.pass(FRAME);
        }
        List<AccessUnit> pictures = bench.signals.video();
        assertThat(pictures).hasSize(9);
        assertThat(pictures.getLast().pts().since(pictures.getFirst().pts()))
                .isEqualTo(FRAME.multipliedBy(8));
        assertThat(bench.receiver.statistics().timestampsReplaced()).isPositive();
    }

    @Test
    void startCodesInsidePayloadsAreToleratedAndSetsBetweenThemFound() {
        var bench = new ReceiverBench(ReceiverBench.h264());
        byte[] start = {0, 0, 0, 1};
        byte[] slice = {0x65, (byte) 0x88, 1, 2, 3};
        ByteBuffer payload =
                ByteBuffer.allocate(200)
                        .put(start)
                        .put(BASELINE.sps().getFirst().buffer())
                        .put(start)
                        .put(BASELINE.pps().getFirst().buffer())
                        .put(start)
                        .put(slice)
                        .flip();
        bench.rtp(0, Units.packet(96, 1, 0, true, payload));
        assertThat(bench.signals.formats()).hasSize(1);
        assertThat(bench.signals.video()).hasSize(1);
        assertThat(bench.signals.video().getFirst().payload())
                .isEqualTo(ByteBuffer.allocate(9).putInt(5).put(slice).flip());
    }

    @Test
    void parameterSetsInBandBeginAStreamWhoseDescriptionHasNone() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.silentTrack());
        play(bench, sender, 0, 10);
        assertThat(bench.signals.formats()).hasSize(1);
        assertThat(bench.signals.formats().getFirst().video()).isEqualTo(BASELINE);
        assertThat(bench.signals.video()).hasSize(10);
    }

    @Test
    void anotherResolutionBeginsAnotherDecoderConfigurationAtItsKeyFrame() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        play(bench, sender, 0, 20);
        VideoFormat larger = MadeParameterSets.h264(66, 1280, 720, 2, 0);
        var next = new Packetizer(larger, 96, 0x5eed, sender.packetizer.nextSequence(), 1200);
        for (int i = 20; i < 40; i++) {
            next.packetize(
                    Units.picture((long) i * TICKS, i % 10 == 0, false, 1, 900, random),
                    packet -> bench.rtp(0, packet));
            bench.pass(FRAME);
        }
        assertThat(bench.signals.formats())
                .extracting(it -> it.video())
                .containsExactly(BASELINE, larger);
        int change =
                bench.signals.all.lastIndexOf(
                        new StreamSignal.FormatChanged(bench.signals.formats().getLast()));
        assertThat(bench.signals.all.get(change + 1))
                .isInstanceOfSatisfying(
                        StreamSignal.Unit.class,
                        unit -> assertThat(unit.unit().keyFrame()).isTrue());
        assertThat(bench.signals.video()).hasSize(40);
        Units.assertInOrder(bench.signals.units());
    }

    @Test
    void audioWaitsForTheParameterSetsOfVideo() {
        var video = new Sender(BASELINE, 1200);
        var audio = new Sender(new AudioFormat(Codec.PCMA, 8000, 1, Bytes.EMPTY), 1200);
        var bench = new ReceiverBench(video.silentTrack(), audio.track());
        for (int i = 0; i < 50; i++) {
            audio.packets(Units.sound(i * 3600L, 320, random)).forEach(it -> bench.rtp(1, it));
            if (i >= 25) {
                video.packets(Units.picture((long) i * TICKS, i == 25, false, 1, 500, random))
                        .forEach(it -> bench.rtp(0, it));
            }
            bench.pass(FRAME);
        }
        assertThat(bench.signals.all.getFirst()).isInstanceOf(StreamSignal.FormatChanged.class);
        assertThat(bench.signals.formats()).hasSize(1);
        assertThat(bench.signals.formats().getFirst().audio()).isNotNull();
        assertThat(bench.signals.audio()).hasSize(24);
        assertThat(bench.receiver.statistics().accessUnitsDropped()).isEqualTo(26);
        Units.assertInOrder(bench.signals.units());
    }

    @Test
    void timestampsThatWrapGoOn() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        long nearTheEnd = (1L << 32) - 50L * TICKS;
        for (int i = 0; i < 100; i++) {
            sender.packets(
                            Units.picture(
                                    nearTheEnd + (long) i * TICKS,
                                    i % 10 == 0,
                                    false,
                                    1,
                                    300,
                                    random))
                    .forEach(it -> bench.rtp(0, it));
            bench.pass(FRAME);
        }
        List<AccessUnit> pictures = bench.signals.video();
        assertThat(pictures).hasSize(100);
        for (int i = 1; i < 100; i++) {
            assertThat(pictures.get(i).pts().ticks90k() - pictures.get(i - 1).pts().ticks90k())
                    .isEqualTo(TICKS);
        }
        assertThat(bench.receiver.statistics().timestampsReplaced()).isZero();
    }

    @Test
    void aClockThatJumpsIsReplacedByArrival() {
        for (long jump : new long[] {90_000L * 3600, -90_000L * 3600, 90_000L * 40_000}) {
            var sender = new Sender(BASELINE, 1200);
            var bench = new ReceiverBench(sender.track());
            for (int i = 0; i < 100; i++) {
                long pts = 1_000_000_000 + (long) i * TICKS + (i >= 50 ? jump : 0);
                sender.packets(Units.picture(pts, i % 10 == 0, false, 1, 300, random))
                        .forEach(it -> bench.rtp(0, it));
                bench.pass(FRAME);
            }
            List<AccessUnit> pictures = bench.signals.video();
            assertThat(pictures.getLast().pts().since(pictures.getFirst().pts()))
                    .isEqualTo(FRAME.multipliedBy(99));
            assertThat(bench.receiver.statistics().timestampsReplaced()).isEqualTo(1);
            assertThat(
                            Duration.between(
                                    pictures.getFirst().wallTime(), pictures.getLast().wallTime()))
                    .isBetween(Duration.ofMillis(3955), Duration.ofMillis(3965));
        }
    }

    @Test
    void aStandingClockIsReplacedByArrivalUntilItMovesAgain() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        for (int i = 0; i < 200; i++) {
            long pts = (long) Math.clamp(i, 0, 199) * TICKS;
            if (i >= 50 && i < 150) {
                pts = 50L * TICKS;
            }
            sender.packets(Units.picture(pts, i % 10 == 0, false, 1, 300, random))
                    .forEach(it -> bench.rtp(0, it));
            bench.pass(FRAME);
        }
        List<AccessUnit> pictures = bench.signals.video();
        assertThat(pictures).hasSize(200);
        Units.assertInOrder(pictures);
        assertThat(pictures.getLast().pts().since(pictures.getFirst().pts()))
                .isBetween(Duration.ofMillis(7900), Duration.ofMillis(8000));
        assertThat(bench.receiver.statistics().timestampsReplaced()).isEqualTo(99);
    }

    @Test
    void aClockOfTheWrongRateIsMeasuredAndCorrected() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        for (int i = 0; i < 25 * 60; i++) {
            sender.packets(Units.picture(i * 40L, i % 25 == 0, false, 1, 50, random)) // 1 kHz
                    .forEach(it -> bench.rtp(0, it));
            bench.pass(FRAME);
        }
        List<AccessUnit> pictures = bench.signals.video();
        Units.assertInOrder(pictures);
        Duration lastTwenty =
                pictures.getLast().pts().since(pictures.get(pictures.size() - 1 - 25 * 20).pts());
        assertThat(lastTwenty).isBetween(Duration.ofMillis(19_500), Duration.ofMillis(20_500));
    }

    @Test
    void reorderedPicturesGetDecodeTimesThatAscendAndAreNeverLate() {
        for (int depth : new int[] {1, 2}) {
            for (VideoFormat format :
                    List.of(
                            MadeParameterSets.h264(100, 640, 480, 0, depth),
                            MadeParameterSets.h265(640, 480, depth))) {
                var bench = playReordered(format, depth);
                List<AccessUnit> pictures = bench.signals.video();
                assertThat(pictures).hasSize(61);
                Units.assertInOrder(pictures);
                assertThat(pictures.get(1).pts().since(pictures.getFirst().pts()))
                        .isEqualTo(FRAME.multipliedBy(depth == 1 ? 2 : 4));
                for (int i = 1; i < pictures.size(); i++) {
                    assertThat(pictures.get(i).dts().since(pictures.get(i - 1).dts()))
                            .isEqualTo(FRAME);
                }
            }
        }
    }

    @Test
    void aStreamThatHidesItsReorderingIsUnderstoodAtItsFirstReorderedPicture() {
        for (int depth : new int[] {1, 2}) {
            var bench = playReordered(MadeParameterSets.h264(77, 640, 480, 0, -1), depth);
            List<AccessUnit> pictures = bench.signals.video();
            assertThat(pictures).hasSize(61);
            Units.assertInOrder(pictures);
            for (int i = 13; i < pictures.size(); i++) {
                assertThat(pictures.get(i).dts().since(pictures.get(i - 1).dts())).isEqualTo(FRAME);
            }
            Set<Long> shown = new HashSet<>();
            pictures.forEach(unit -> shown.add(unit.pts().ticks90k()));
            assertThat(shown).hasSize(61);
        }
    }

    /// I P B, or I P B b b in decoding order.
    private ReceiverBench playReordered(VideoFormat format, int depth) {
        var sender = new Sender(format, 1200);
        var bench = new ReceiverBench(sender.track());
        int[] order = depth == 1 ? new int[] {2, 1} : new int[] {4, 2, 1, 3};
        boolean h265 = format.codec() == Codec.H265;
        send(bench, sender, Units.picture(0, true, h265, 1, 400, random));
        for (int group = 0; group < 60 / order.length; group++) {
            for (int offset : order) {
                long pts = (long) (group * order.length + offset) * TICKS;
                send(bench, sender, Units.picture(pts, false, h265, 1, 400, random));
            }
        }
        return bench;
    }

    @Test
    void senderReportsBringAudioInStepWithoutGoingBack() {
        for (long offsetMs : new long[] {-500, -100, 100, 500}) {
            var video = new Sender(BASELINE, 1200);
            var audio = new Sender(new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY), 1200);
            var bench = new ReceiverBench(video.track(), audio.track());
            // Audio is captured `offsetMs` after the video it arrives with.
            for (int i = 0; i < 200; i++) {
                send(
                        bench,
                        video,
                        Units.picture((long) i * TICKS, i % 25 == 0, false, 1, 300, random),
                        0);
                audio.packets(Units.sound(i * 3600L, 320, random)).forEach(it -> bench.rtp(1, it));
                if (i == 50) {
                    var then = bench.now();
                    bench.receiver.rtcp(
                            0, Rtcp.writeSenderReport(1, then, i * TICKS, 0, 0, "camera"));
                    bench.receiver.rtcp(
                            1,
                            Rtcp.writeSenderReport(
                                    2, then.plusMillis(offsetMs), i * 320, 0, 0, "camera"));
                }
                bench.pass(FRAME);
            }
            Units.assertInOrder(bench.signals.units());
            long apart =
                    bench.signals.audio().getLast().pts().ticks90k()
                            - bench.signals.video().getLast().pts().ticks90k();
            assertThat(apart).isBetween(offsetMs * 90 - 90, offsetMs * 90 + 90);
            assertThat(bench.receiver.statistics().cameraClockOffset()).isPresent();
        }
    }

    @Test
    void wallTimeFollowsTheServersClockWithoutItsJitter() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        for (int i = 0; i < 1000; i++) {
            int late = random.nextInt(30);
            bench.pass(Duration.ofMillis(late));
            sender.packets(Units.picture((long) i * TICKS, i % 25 == 0, false, 1, 300, random))
                    .forEach(it -> bench.rtp(0, it));
            bench.pass(Duration.ofMillis(40 - late));
        }
        List<AccessUnit> pictures = bench.signals.video();
        for (int i = 1; i < pictures.size(); i++) {
            Duration step =
                    Duration.between(pictures.get(i - 1).wallTime(), pictures.get(i).wallTime());
            assertThat(step).isBetween(Duration.ofMillis(38), Duration.ofMillis(42));
        }
        assertThat(Duration.between(ReceiverBench.BEGIN, pictures.getLast().wallTime()))
                .isBetween(Duration.ofMillis(39_955), Duration.ofMillis(39_990));
    }

    @Test
    void aServerClockThatIsSetIsFollowedAtOnceAndMediaTimeDoesNotNotice() {
        for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
            var sender = new Sender(BASELINE, 1200);
            var bench = new ReceiverBench(sender.track());
            play(bench, sender, 0, 50);
            bench.setClock(step);
            play(bench, sender, 50, 100);
            List<AccessUnit> pictures = bench.signals.video();
            assertThat(Duration.between(pictures.get(49).wallTime(), pictures.get(50).wallTime()))
                    .isBetween(step.plusMillis(30), step.plusMillis(50));
            assertThat(pictures.getLast().pts().since(pictures.getFirst().pts()))
                    .isEqualTo(FRAME.multipliedBy(99));
            assertThat(bench.receiver.statistics().clockReanchored()).isEqualTo(1);
        }
    }

    @Test
    void aStalledNetworkThatCatchesUpLeavesWallTimeWhereItWas() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        play(bench, sender, 0, 50);
        bench.pass(Duration.ofSeconds(6));
        for (int i = 50; i < 200; i++) { // all at once
            sender.packets(Units.picture((long) i * TICKS, i % 10 == 0, false, 1, 300, random))
                    .forEach(it -> bench.rtp(0, it));
        }
        play(bench, sender, 200, 300);
        List<AccessUnit> pictures = bench.signals.video();
        for (int i = 1; i < pictures.size(); i++) {
            assertThat(Duration.between(pictures.get(i - 1).wallTime(), pictures.get(i).wallTime()))
                    .isBetween(Duration.ofMillis(35), Duration.ofMillis(45));
        }
    }

    @Test
    void aCameraThatStartsAnewWithAnotherSsrcIsFollowed() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        play(bench, sender, 0, 20);
        var again = new Packetizer(BASELINE, 96, 0xbeef, 100, 1200);
        for (int i = 0; i < 20; i++) {
            again.packetize(
                    Units.picture(
                            77_000_000L + (long) i * TICKS, i % 5 == 3, false, 1, 300, random),
                    packet -> bench.rtp(0, packet));
            bench.pass(FRAME);
        }
        assertThat(bench.signals.video()).hasSizeGreaterThan(20 + 10);
        assertThat(bench.signals.gaps()).hasSize(1);
        Units.assertInOrder(bench.signals.units());
    }

    @Test
    void receiverReportsCountWhatIsMissing() {
        var sender = new Sender(BASELINE, 400);
        var bench = new ReceiverBench(sender.track());
        assertThat(bench.receiver.receiverReport(0)).isEmpty();
        List<ByteBuffer> packets = sender.packets(Units.picture(0, true, false, 1, 4000, random));
        for (int i = 0; i < packets.size(); i++) {
            if (i != 3) {
                bench.rtp(0, packets.get(i));
            }
        }
        var messages = Rtcp.parse(bench.receiver.receiverReport(0).orElseThrow());
        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst())
                .isInstanceOfSatisfying(
                        Rtcp.ReceiverReport.class,
                        report -> {
                            assertThat(report.blocks()).hasSize(1);
                            assertThat(report.blocks().getFirst().cumulativeLost()).isEqualTo(1);
                            assertThat(report.blocks().getFirst().ssrc()).isEqualTo(0x5eed);
                            assertThat(report.blocks().getFirst().highestSequence())
                                    .isEqualTo(65_530L + packets.size() - 1);
                        });
        assertThat(messages.getLast())
                .isInstanceOfSatisfying(
                        Rtcp.SourceDescription.class,
                        it -> assertThat(it.cname()).startsWith("pantau-"));
    }

    @Test
    void severalAndFragmentedAacFramesInPacketsAreTakenApart() {
        var format = new AudioFormat(Codec.AAC, 48_000, 2, AacConfig.lowComplexity(48_000, 2));
        var bench = new ReceiverBench(new Sender(format, 1200).track());
        ByteBuffer two =
                ByteBuffer.allocate(6 + 5)
                        .putShort((short) 32)
                        .putShort((short) (2 << 3))
                        .putShort((short) (3 << 3))
                        .put(new byte[] {1, 2, 3, 4, 5})
                        .flip();
        bench.rtp(0, Units.packet(96, 1, 0, true, two));
        ByteBuffer head =
                ByteBuffer.allocate(6)
                        .putShort((short) 16)
                        .putShort((short) (5 << 3))
                        .put(new byte[] {6, 7})
                        .flip();
        ByteBuffer tail =
                ByteBuffer.allocate(7)
                        .putShort((short) 16)
                        .putShort((short) (5 << 3))
                        .put(new byte[] {8, 9, 10})
                        .flip();
        bench.rtp(0, Units.packet(96, 2, 2048, false, head));
        bench.rtp(0, Units.packet(96, 3, 2048, true, tail));
        List<AccessUnit> frames = bench.signals.audio();
        assertThat(frames.stream().map(AccessUnit::payload).toList())
                .containsExactly(
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        ByteBuffer.wrap(new byte[] {3, 4, 5}),
                        ByteBuffer.wrap(new byte[] {6, 7, 8, 9, 10}));
        assertThat(frames.get(1).pts().ticks90k() - frames.get(0).pts().ticks90k()).isEqualTo(1920);
        assertThat(frames.get(2).pts().ticks90k() - frames.get(1).pts().ticks90k()).isEqualTo(1920);
    }

    @Test
    void interleavedPacketizationIsRefusedAndCounted() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        for (int type : new int[] {25, 26, 27, 29}) {
            ByteBuffer payload =
                    ByteBuffer.wrap(new byte[] {(byte) (0x60 | type), 0, 0, 0, 2, 0x65, 1});
            bench.rtp(0, Units.packet(96, type, type * TICKS, true, payload));
        }
        assertThat(bench.signals.units()).isEmpty();
        assertThat(bench.receiver.statistics().packetsMalformed()).isEqualTo(4);
    }

    @Test
    void codecsAndTracksThatAreNotCarriedAreRefused() {
        assertThat(
                        catchThrowable(() ->
                                new ReceiverBench(
                                        ReceiverBench.track(Codec.FLAC, 96, 48_000, Map.of()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(
                        catchThrowable(() ->
                                new ReceiverBench(ReceiverBench.h264(), ReceiverBench.h264())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leadingPicturesThatNeedWhatWasBeforeTheStartAreLeftOut() {
        VideoFormat format = MadeParameterSets.h265(640, 480, 1);
        var sender = new Sender(format, 1200);
        var bench = new ReceiverBench(sender.track());
        int sequence = 10;
        for (int type : new int[] {21, 9, 9, 1, 1}) {
            ByteBuffer payload =
                    ByteBuffer.wrap(new byte[] {(byte) (type << 1), 1, (byte) 0x80, 5, 6});
            int pts = type == 21 ? 3 : type == 9 ? sequence - 10 : sequence;
            bench.rtp(0, Units.packet(96, sequence++, pts * TICKS, true, payload));
        }
        assertThat(bench.signals.video()).hasSize(3);
        assertThat(bench.signals.video().getFirst().keyFrame()).isTrue();
        assertThat(bench.receiver.statistics().accessUnitsDropped()).isEqualTo(2);
    }

    @Test
    void aggregatedAndNumberedUnitsOfH265AreTakenApart() {
        VideoFormat format = MadeParameterSets.h265(640, 480, 0);
        byte[] slice = {0x26, 1, (byte) 0x80, 5, 6};
        ByteBuffer expected = ByteBuffer.allocate(9).putInt(5).put(slice).flip();
        for (boolean numbered : new boolean[] {false, true}) {
            RtpTrack track =
                    ReceiverBench.track(
                            Codec.H265,
                            96,
                            90_000,
                            numbered ? Map.of("sprop-max-don-diff", "1") : Map.of());
            var bench = new ReceiverBench(track);
            ByteBuffer aggregation = ByteBuffer.allocate(300).put((byte) (48 << 1)).put((byte) 1);
            boolean first = true;
            for (Bytes set :
                    List.of(
                            format.vps().getFirst(),
                            format.sps().getFirst(),
                            format.pps().getFirst())) {
                if (numbered) {
                    aggregation.put(first ? new byte[] {0, 1} : new byte[] {0});
                }
                first = false;
                aggregation.putShort((short) set.size()).put(set.buffer());
            }
            bench.rtp(0, Units.packet(96, 1, 0, false, aggregation.flip()));
            byte[] don = numbered ? new byte[] {0, 4} : new byte[0];
            ByteBuffer start =
                    ByteBuffer.allocate(10).put(new byte[] {49 << 1, 1, (byte) (0x80 | 19)});
            start.put(don).put(new byte[] {(byte) 0x80, 5});
            bench.rtp(0, Units.packet(96, 2, 0, false, start.flip()));
            ByteBuffer end = ByteBuffer.wrap(new byte[] {49 << 1, 1, 0x40 | 19, 6});
            bench.rtp(0, Units.packet(96, 3, 0, true, end));
            ByteBuffer single = ByteBuffer.allocate(10).put(slice, 0, 2).put(don).put(slice, 2, 3);
            bench.rtp(0, Units.packet(96, 4, 3600, true, single.flip()));
            assertThat(bench.signals.video().stream().map(AccessUnit::payload).toList())
                    .containsExactly(expected, expected);
            assertThat(bench.signals.formats().getFirst().video()).isEqualTo(format);
        }
    }

    @Test
    void picturesHeldBackForWantOfAKeyFrameAreSeenAllTheSame() {
        var sender = new Sender(BASELINE, 1200);
        var bench = new ReceiverBench(sender.track());
        for (int i = 0; i < 50; i++) {
            send(bench, sender, Units.picture((long) i * TICKS, i == 40, false, 1, 300, random));
        }
        assertThat(bench.signals.all.getFirst())
                .isInstanceOf(
                        StreamSignal.FormatChanged.class); // known early, from the description
        assertThat(bench.signals.video()).hasSize(10);
        assertThat(bench.receiver.accessUnitsSeen()).isEqualTo(50);
        assertThat(bench.signals.gaps()).isEmpty();
    }

    private void play(ReceiverBench bench, Sender sender, int from, int until) {
        for (int i = from; i < until; i++) {
            send(
                    bench,
                    sender,
                    Units.picture((long) i * TICKS, i % 10 == 0, false, 1, 300, random));
        }
    }

    private static void send(ReceiverBench bench, Sender sender, AccessUnit unit) {
        send(bench, sender, unit, 0);
        bench.pass(FRAME);
    }

    private static void send(ReceiverBench bench, Sender sender, AccessUnit unit, int track) {
        sender.packets(unit).forEach(packet -> bench.rtp(track, packet));
        assertThat(unit.dts()).isGreaterThanOrEqualTo(new MediaTime(0));
    }
}
