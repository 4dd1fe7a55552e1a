package id.pantau.media.webrtc;

import java.nio.ByteBuffer;
import java.util.List;

/// RTCP feedback (RFC 4585, RFC 5104): what peers ask of us, and what we ask of a publisher.
final class RtcpFeedback {
    private static final int RECEIVER_REPORT = 201;
    private static final int TRANSPORT = 205;
    private static final int PAYLOAD = 206;
    private static final int NACK = 1;
    private static final int PICTURE_LOSS = 1;
    private static final int FULL_INTRA = 4;

    /// A NACK word: a sequence number and a mask of the 16 behind it.
    private static final int PER_WORD = 17;

    private RtcpFeedback() {}

    /// What a peer asks for.
    interface Requests {
        /// Packets that did not arrive.
        ///
        /// @param sequence 0..65535
        void missing(int mediaSsrc, int sequence);

        void keyFrame();
    }

    /// Reads the feedback of a compound packet from position to limit; the position does not move.
    /// Of types that are not known, and of what is broken, nothing is told.
    static void read(ByteBuffer compound, Requests requests) {
        int at = compound.position();
        while (compound.limit() - at >= 4) {
            int first = compound.get(at) & 0xff;
            int type = compound.get(at + 1) & 0xff;
            int end = at + 4 + 4 * (compound.getShort(at + 2) & 0xffff);
            if (first >> 6 != 2 || end > compound.limit()) {
                return;
            }
            int format = first & 31;
            if (type == TRANSPORT && format == NACK && end - at >= 16) {
                int ssrc = compound.getInt(at + 8);
                for (int word = at + 12; word + 4 <= end; word += 4) {
                    nack(ssrc, compound.getInt(word), requests);
                }
            } else if (type == PAYLOAD && (format == PICTURE_LOSS || format == FULL_INTRA)) {
                requests.keyFrame();
            }
            at = end;
        }
    }

    private static void nack(int ssrc, int word, Requests requests) {
        int sequence = word >>> 16;
        requests.missing(ssrc, sequence);
        for (int i = 1; i < PER_WORD; i++) {
            if ((word & 1 << i - 1) != 0) {
                requests.missing(ssrc, sequence + i & 0xffff);
            }
        }
    }

    /// A NACK behind an empty receiver report.
    ///
    /// @param missing sequence numbers, ascending; at most 100
    static ByteBuffer writeNack(int ourSsrc, int mediaSsrc, List<Integer> missing) {
        ByteBuffer out = begin(ourSsrc, 12 + 4 * missing.size());
        int start = out.position();
        out.putInt(0).putInt(ourSsrc).putInt(mediaSsrc);
        for (int i = 0; i < missing.size(); ) {
            int first = missing.get(i++);
            int mask = 0;
            while (i < missing.size()) {
                int behind = (missing.get(i) - first & 0xffff) - 1;
                if (behind >= PER_WORD - 1) {
                    break;
                }
                mask |= 1 << behind;
                i++;
            }
            out.putShort((short) first).putShort((short) mask);
        }
        return end(out, start, NACK, TRANSPORT);
    }

    /// A PLI behind an empty receiver report.
    static ByteBuffer writePictureLoss(int ourSsrc, int mediaSsrc) {
        ByteBuffer out = begin(ourSsrc, 12);
        int start = out.position();
        out.putInt(0).putInt(ourSsrc).putInt(mediaSsrc);
        return end(out, start, PICTURE_LOSS, PAYLOAD);
    }

    private static ByteBuffer begin(int ourSsrc, int bytes) {
        return ByteBuffer.allocate(8 + bytes)
                .put((byte) 0x80)
                .put((byte) RECEIVER_REPORT)
                .putShort((short) 1)
                .putInt(ourSsrc);
    }

    private static ByteBuffer end(ByteBuffer out, int start, int format, int type) {
        int words = (out.position() - start) / 4 - 1;
        out.put(start, (byte) (0x80 | format)).put(start + 1, (byte) type);
        return out.putShort(start + 2, (short) words).flip();
    }
}
