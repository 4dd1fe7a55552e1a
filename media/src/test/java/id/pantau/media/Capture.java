package id.pantau.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A network capture, pcap or pcapng, as far as the samples need it: IPv4 without options, over
/// Ethernet or Linux's cooked capture, sequence numbers that do not wrap.
public final class Capture {
    private static final int PCAPNG = 0x0a0d0d0a;
    private static final int PCAPNG_ENHANCED_PACKET = 6;
    private static final int TCP = 6;
    private static final int UDP = 17;

    /// Where an IP packet begins in a frame: Ethernet, cooked, VLAN, raw, loopback.
    private static final int[] LINK_HEADERS = {14, 16, 18, 0, 4};

    private final List<ByteBuffer> packets;

    private Capture(List<ByteBuffer> packets) {
        this.packets = packets;
    }

    /// One direction of a TCP connection.
    public record Flow(int sourcePort, int destinationPort) {
        public Flow reverse() {
            return new Flow(destinationPort, sourcePort);
        }
    }

    public static Capture read(Path path) throws IOException {
        ByteBuffer file = Samples.buffer(path).order(ByteOrder.LITTLE_ENDIAN);
        List<ByteBuffer> packets = new ArrayList<>();
        if (file.getInt(0) == PCAPNG) {
            for (int at = 0; at + 12 <= file.limit(); at += file.getInt(at + 4)) {
                if (file.getInt(at) == PCAPNG_ENHANCED_PACKET) {
                    add(file.slice(at + 28, file.getInt(at + 20)), packets);
                }
            }
        } else {
            for (int at = 24; at + 16 <= file.limit(); at += 16 + file.getInt(at + 8)) {
                add(file.slice(at + 16, file.getInt(at + 8)), packets);
            }
        }
        return new Capture(packets);
    }

    private static void add(ByteBuffer frame, List<ByteBuffer> packets) {
        for (int at : LINK_HEADERS) {
            if (at + 20 < frame.limit() && frame.get(at) == 0x45) {
                int length = Math.min(frame.getShort(at + 2) & 0xffff, frame.limit() - at);
                packets.add(frame.slice(at, length));
                return;
            }
        }
    }

    /// The payload of every UDP datagram, in order.
    public List<ByteBuffer> datagrams() {
        return packets.stream()
                .filter(packet -> packet.get(9) == UDP && packet.limit() > 28)
                .map(packet -> packet.slice(28, packet.limit() - 28))
                .toList();
    }

    /// The bytes of every direction of every TCP connection; retransmissions once.
    ///
    /// @throws IllegalStateException when a part is missing
    public Map<Flow, byte[]> streams() {
        Map<Flow, TreeMap<Long, ByteBuffer>> segments = new LinkedHashMap<>();
        for (ByteBuffer packet : packets) {
            if (packet.get(9) != TCP) {
                continue;
            }
            var flow = new Flow(packet.getShort(20) & 0xffff, packet.getShort(22) & 0xffff);
            int header = 20 + (packet.get(32) >> 4 & 15) * 4;
            if (packet.limit() > header) {
                segments.computeIfAbsent(flow, _ -> new TreeMap<>())
                        .merge(
                                packet.getInt(24) & 0xffff_ffffL,
                                packet.slice(header, packet.limit() - header),
                                (a, b) -> a.limit() >= b.limit() ? a : b);
            }
        }
        Map<Flow, byte[]> streams = new LinkedHashMap<>();
        segments.forEach((flow, parts) -> streams.put(flow, joined(flow, parts)));
        return streams;
    }

    private static byte[] joined(Flow flow, TreeMap<Long, ByteBuffer> parts) {
        var bytes = new ByteArrayOutputStream();
        long next = parts.firstKey();
        for (Map.Entry<Long, ByteBuffer> part : parts.entrySet()) {
            if (part.getKey() > next) {
                throw new IllegalStateException(
                        "%s: %d bytes missing".formatted(flow, part.getKey() - next));
            }
            int known = (int) (next - part.getKey());
            int fresh = part.getValue().limit() - known;
            if (fresh > 0) {
                bytes.writeBytes(Bytes.of(part.getValue().slice(known, fresh)).toArray());
                next += fresh;
            }
        }
        return bytes.toByteArray();
    }
}
