package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Capture;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.Samples;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.codec.VideoParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("samples")
class CaptureSamplesTest {
    @Test
    void tenSecondsOfWowzaComeOutWhole() throws Exception {
        RtpTrack audio =
                new RtpTrack(
                        Codec.AAC,
                        96,
                        12_000,
                        2,
                        Map.of(
                                "mode", "AAC-hbr",
                                "sizelength", "13",
                                "indexlength", "3",
                                "indexdeltalength", "3",
                                "config", "1490"));
        RtpTrack video =
                new RtpTrack(
                        Codec.H264,
                        97,
                        90_000,
                        1,
                        Map.of(
                                "packetization-mode",
                                "1",
                                "sprop-parameter-sets",
                                "Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg=="));
        var bench = new ReceiverBench(audio, video);
        ByteBuffer capture = sample("interleaved/bunny-wowza.bin");
        while (capture.hasRemaining()) {
            assertThat(capture.get()).isEqualTo((byte) '$');
            int channel = capture.get();
            int length = capture.getShort() & 0xffff;
            ByteBuffer packet = capture.slice(capture.position(), length);
            capture.position(capture.position() + length);
            if (channel % 2 == 0) {
                bench.rtp(channel / 2 == 0 ? 0 : 1, packet);
            } else {
                bench.receiver.rtcp(channel / 2, packet);
            }
        }
        JsonNode expected =
                Samples.json(
                                Samples.folder("rtp-bitstreams")
                                        .resolve("interleaved/bunny-wowza.expected.json"))
                        .get("channels");
        int videoPackets = expected.get("2").get("packets").asInt();
        int audioPackets = expected.get("0").get("packets").asInt();
        RtpStatistics statistics = bench.receiver.statistics();
        assertThat(statistics.packets()).isEqualTo(videoPackets + audioPackets);
        assertThat(statistics.packetsLost()).isZero();
        assertThat(statistics.packetsMalformed()).isZero();
        assertThat(bench.signals.formats()).hasSize(1);
        VideoFormat format = Objects.requireNonNull(bench.signals.formats().getFirst().video());
        assertThat(format.widthPx()).isEqualTo(240);
        assertThat(format.heightPx()).isEqualTo(160);
        assertThat(format.fps()).isEqualTo(24);
        AudioFormat sound = Objects.requireNonNull(bench.signals.formats().getFirst().audio());
        assertThat(sound.sampleRateHz()).isEqualTo(12_000);
        assertThat(sound.channels()).isEqualTo(2);
        List<AccessUnit> pictures = bench.signals.video();
        assertThat(pictures.size() + statistics.accessUnitsDropped())
                .isGreaterThanOrEqualTo(expected.get("2").get("markers").asInt());
        assertThat(pictures).hasSizeGreaterThan(240);
        assertThat(pictures.getFirst().keyFrame()).isTrue();
        Units.assertInOrder(bench.signals.units());
        for (AccessUnit picture : pictures) {
            assertThat(NalUnits.splitLengthPrefixed(picture.payload(), 4)).isNotEmpty();
        }
        Duration span = pictures.getLast().pts().since(pictures.getFirst().pts());
        assertThat(span).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_200));
    }

    @Test
    void adtsSentAsAacHbrLosesItsHeaders() throws Exception {
        var bench =
                new ReceiverBench(
                        new RtpTrack(
                                Codec.AAC,
                                96,
                                16_000,
                                2,
                                Map.of(
                                        "mode", "AAC-hbr",
                                        "sizelength", "13",
                                        "indexlength", "3",
                                        "indexdeltalength", "3",
                                        "config", "1410")));
        ByteBuffer payload = sample("aac-rtp-with-adts-instead-of-au-headers.bin");
        bench.rtp(0, Units.packet(96, 1, 1000, true, payload));
        assertThat(bench.signals.units()).hasSize(1);
        JsonNode expected =
                Samples.json(
                        Samples.folder("rtp-bitstreams")
                                .resolve("aac-rtp-with-adts-instead-of-au-headers.expected.json"));
        assertThat(bench.signals.units().getFirst().sizeBytes())
                .isEqualTo(expected.get("aacFrameBytes").asInt());
    }

    @Test
    void compoundReportsAreReadToTheirEnd() throws Exception {
        int messages = 0;
        for (ByteBuffer datagram : datagrams("pcap/rtcp_multiple_pkts_in_the_same_datagram.pcap")) {
            messages += Rtcp.parse(datagram).size();
        }
        assertThat(messages).isGreaterThan(2);
    }

    @Test
    void packetsOfCallsAreSeenForWhatTheyAre() throws Exception {
        var view = new RtpPacket();
        int wellFormed = 0;
        List<ByteBuffer> datagrams = datagrams("pcap/rtp.pcapng");
        for (ByteBuffer datagram : datagrams) {
            wellFormed += view.wrap(datagram) ? 1 : 0;
        }
        assertThat(datagrams).hasSizeGreaterThan(50);
        assertThat(wellFormed).isGreaterThan(datagrams.size() / 2);
    }

    @Test
    void conformanceStreamsSurviveTheWayThroughPackets() throws Exception {
        for (Path file : Samples.list("rtp-bitstreams/h264", ".h264")) {
            List<ByteBuffer> units = NalUnits.splitAnnexB(Samples.buffer(file));
            List<Bytes> sps = new ArrayList<>();
            List<Bytes> pps = new ArrayList<>();
            List<List<ByteBuffer>> pictures = new ArrayList<>();
            for (ByteBuffer unit : units) {
                switch (H264Nal.type(unit.get(0))) {
                    case H264Nal.SPS -> sps.add(Bytes.of(unit));
                    case H264Nal.PPS -> pps.add(Bytes.of(unit));
                    case H264Nal.SLICE, H264Nal.IDR_SLICE -> {
                        if (pictures.isEmpty() || unit.get(1) < 0) {
                            pictures.add(new ArrayList<>());
                        }
                        pictures.getLast().add(unit);
                    }
                    default -> {}
                }
            }
            if (Set.copyOf(sps).size() != 1 || pictures.isEmpty()) {
                continue; // several configurations in one file: RtpReceiverTest has those
            }
            assertRoundTrip(file.toString(), sps, pps, pictures);
        }
    }

    private static void assertRoundTrip(
            String name, List<Bytes> sps, List<Bytes> pps, List<List<ByteBuffer>> pictures)
            throws Exception {
        VideoFormat format =
                VideoParameters.format(
                        Codec.H264, List.of(), List.of(sps.getFirst()), List.of(pps.getFirst()));
        var sender = new Sender(format, 700);
        var bench = new ReceiverBench(sender.track());
        List<ByteBuffer> expected = new ArrayList<>();
        for (List<ByteBuffer> picture : pictures) {
            ByteBuffer payload =
                    ByteBuffer.allocate(picture.stream().mapToInt(it -> it.remaining() + 4).sum());
            picture.forEach(unit -> payload.putInt(unit.remaining()).put(unit.duplicate()));
            boolean key =
                    picture.stream()
                            .anyMatch(unit -> H264Nal.type(unit.get(0)) == H264Nal.IDR_SLICE);
            var time = new MediaTime(3600L * bench.signals.all.size() + 3600);
            var unit =
                    new AccessUnit(MediaKind.VIDEO, time, time, key, Instant.EPOCH, payload.flip());
            if (key || !expected.isEmpty()) {
                expected.add(unit.payload());
            }
            sender.packets(unit).forEach(packet -> bench.rtp(0, packet));
            bench.pass(Duration.ofMillis(40));
        }
        assertThat(bench.signals.video().stream().map(AccessUnit::payload).toList())
                .as(name)
                .isEqualTo(expected);
    }

    private static ByteBuffer sample(String name) throws IOException {
        return Samples.buffer(Samples.folder("rtp-bitstreams").resolve(name));
    }

    private static List<ByteBuffer> datagrams(String name) throws IOException {
        return Capture.read(Samples.folder("rtp-bitstreams").resolve(name)).datagrams();
    }
}
