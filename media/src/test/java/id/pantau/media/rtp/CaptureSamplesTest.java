package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.codec.VideoParameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
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
        ByteBuffer capture = BitstreamSamples.read("interleaved/bunny-wowza.bin");
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
        RtpStatistics statistics = bench.receiver.statistics();
        assertThat(statistics.packets()).isEqualTo(269 + 102);
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
        assertThat(pictures.size() + statistics.accessUnitsDropped()).isGreaterThanOrEqualTo(245);
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
        ByteBuffer payload = BitstreamSamples.read("aac-rtp-with-adts-instead-of-au-headers.bin");
        bench.rtp(0, Units.packet(96, 1, 1000, true, payload));
        assertThat(bench.signals.units()).hasSize(1);
        assertThat(bench.signals.units().getFirst().sizeBytes()).isEqualTo(529);
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
        for (Path file : BitstreamSamples.files("h264", ".h264")) {
            List<ByteBuffer> units =
                    NalUnits.splitAnnexB(ByteBuffer.wrap(Files.readAllBytes(file)));
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

    /// The UDP payloads of a capture, IPv4 over Ethernet.
    private static List<ByteBuffer> datagrams(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(BitstreamSamples.folder().resolve(name));
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<ByteBuffer> found = new ArrayList<>();
        if (file.getInt(0) == 0x0a0d0d0a) {
            for (int at = 0; at + 12 <= bytes.length; at += file.getInt(at + 4)) {
                if (file.getInt(at) == 6) {
                    addUdp(bytes, at + 28, file.getInt(at + 20), found);
                }
            }
        } else {
            for (int at = 24; at + 16 <= bytes.length; at += 16 + file.getInt(at + 8)) {
                addUdp(bytes, at + 16, file.getInt(at + 8), found);
            }
        }
        return found;
    }

    private static void addUdp(byte[] bytes, int frame, int length, List<ByteBuffer> found) {
        for (int ip : new int[] {frame + 14, frame + 16, frame + 18, frame, frame + 4}) {
            boolean udp = ip + 28 < frame + length && bytes[ip] == 0x45 && bytes[ip + 9] == 17;
            if (udp) {
                int size = ByteBuffer.wrap(bytes).getShort(ip + 24) & 0xffff;
                int there = Math.min(size - 8, frame + length - ip - 28);
                found.add(ByteBuffer.wrap(bytes, ip + 28, there).slice());
                return;
            }
        }
    }
}
