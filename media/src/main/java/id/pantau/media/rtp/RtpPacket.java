package id.pantau.media.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A view over one RTP packet (RFC 3550 §5.1), moved from packet to packet by [#wrap] so that
/// nothing is allocated per packet. Valid until the buffer below changes. Not thread-safe.
public final class RtpPacket {
    public static final int HEADER_BYTES = 12;

    private @Nullable ByteBuffer bytes;
    private int start;
    private int payloadAt;
    private int payloadBytes;

    /// Looks at a packet from its position to its limit; the position does not move.
    ///
    /// @return false when it is not a well-formed RTP packet; the view must not be read then
    public boolean wrap(ByteBuffer packet) {
        bytes = packet;
        start = packet.position();
        int end = packet.limit();
        int first = end - start < HEADER_BYTES ? 0 : packet.get(start) & 0xff;
        if (first >> 6 != 2) {
            return false;
        }
        int at = start + HEADER_BYTES + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (at + 4 > end) {
                return false;
            }
            at += 4 + 4 * (packet.getShort(at + 2) & 0xffff);
        }
        if (at > end) {
            return false;
        }
        if ((first & 0x20) != 0) {
            int padding = at == end ? 0 : packet.get(end - 1) & 0xff;
            if (padding == 0 || padding > end - at) {
                return false;
            }
            end -= padding;
        }
        payloadAt = at;
        payloadBytes = end - at;
        return true;
    }

    public boolean marker() {
        return (buffer().get(start + 1) & 0x80) != 0;
    }

    /// 0..127.
    public int payloadType() {
        return buffer().get(start + 1) & 0x7f;
    }

    /// 0..65535.
    public int sequence() {
        return buffer().getShort(start + 2) & 0xffff;
    }

    /// 32 bits, unsigned, in units of the clock rate.
    public int timestamp() {
        return buffer().getInt(start + 4);
    }

    public int ssrc() {
        return buffer().getInt(start + 8);
    }

    /// The buffer looked at; the payload is at [#payloadAt()].
    public ByteBuffer buffer() {
        ByteBuffer current = bytes;
        if (current == null) {
            throw new IllegalStateException("no packet");
        }
        return current;
    }

    /// Index of the payload's first byte in [#buffer()].
    public int payloadAt() {
        return payloadAt;
    }

    public int payloadBytes() {
        return payloadBytes;
    }

    /// The payload as a buffer of its own; allocates a view.
    public ByteBuffer payload() {
        return buffer().slice(payloadAt, payloadBytes);
    }

    /// The sequence number of a packet too short to be looked at as a whole.
    static int sequenceOf(ByteBuffer packet) {
        return packet.getShort(packet.position() + 2) & 0xffff;
    }
}
