package id.pantau.media.webrtc;

import id.pantau.media.Samples;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The UDP payloads of a capture (pcap, pcapng), in order.
final class CapturedDatagrams {
    private static final int PCAPNG = 0x0a0d_0d0a;
    private static final int ENHANCED_PACKET = 6;
    private static final int INTERFACE = 1;

    private final List<byte[]> payloads = new ArrayList<>();

    private CapturedDatagrams() {}

    static List<byte[]> of(Path file) throws IOException {
        var reader = new CapturedDatagrams();
        ByteBuffer bytes = ByteBuffer.wrap(Samples.bytes(file));
        if (bytes.getInt(0) == PCAPNG) {
            reader.readPcapng(bytes);
        } else {
            reader.readPcap(bytes);
        }
        return reader.payloads;
    }

    private void readPcap(ByteBuffer bytes) {
        int magic = bytes.getInt(0);
        boolean little = magic == 0xd4c3_b2a1 || magic == 0x4d3c_b2a1;
        bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int link = bytes.getInt(20);
        for (int at = 24; at + 16 <= bytes.limit(); ) {
            int length = bytes.getInt(at + 8);
            frame(bytes.slice(at + 16, length).order(ByteOrder.BIG_ENDIAN), link);
            at += 16 + length;
        }
    }

    private void readPcapng(ByteBuffer bytes) {
        boolean little = bytes.getInt(8) == 0x4d3c_2b1a;
        bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        var links = new ArrayList<Integer>();
        for (int at = 0; at + 12 <= bytes.limit(); ) {
            int type = bytes.getInt(at);
            int length = bytes.getInt(at + 4);
            if (type == INTERFACE) {
                links.add(bytes.getShort(at + 8) & 0xffff);
            } else if (type == ENHANCED_PACKET) {
                int link = links.get(bytes.getInt(at + 8));
                int captured = bytes.getInt(at + 20);
                frame(bytes.slice(at + 28, captured).order(ByteOrder.BIG_ENDIAN), link);
            }
            at += length;
        }
    }

    private void frame(ByteBuffer frame, int link) {
        try {
            int at =
                    switch (link) {
                        case 1 -> (frame.getShort(12) & 0xffff) == 0x8100 ? 18 : 14;
                        case 113 -> 16;
                        case 0 -> 4;
                        default -> 0;
                    };
            boolean v6 = frame.get(at) >> 4 == 6;
            int udp = v6 ? at + 40 : at + 4 * (frame.get(at) & 15);
            int protocol = v6 ? frame.get(at + 6) : frame.get(at + 9);
            if (protocol == 17) {
                int length = (frame.getShort(udp + 4) & 0xffff) - 8;
                byte[] payload = new byte[Math.min(length, frame.limit() - udp - 8)];
                frame.get(udp + 8, payload);
                payloads.add(payload);
            }
        } catch (IndexOutOfBoundsException
                | BufferUnderflowException
                | NegativeArraySizeException _) {
            // no IP packet, or cut short by the capture
        }
    }
}
