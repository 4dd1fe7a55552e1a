package id.pantau.media.rtp;

import id.pantau.media.codec.AdtsHeader;
import id.pantau.media.codec.BitReader;
import id.pantau.media.codec.MalformedBitstreamException;
import java.nio.ByteBuffer;
import java.util.Locale;

/// Takes AAC frames out of RTP payloads (RFC 3640): several in one packet, or one in several. Not
/// thread-safe.
final class AacDepacketizer {
    /// Takes frames.
    interface Sink {
        /// @param index how many frames after the packet's timestamp
        /// @param frame valid until the call returns
        void frame(int index, ByteBuffer frame);

        /// The frames come with a configuration of their own.
        void adts(AdtsHeader header);
    }

    private static final int MAX_FRAME_BYTES = 1 << 16;

    private final int sizeBits;
    private final int indexBits;
    private final int indexDeltaBits;
    private final int ctsDeltaBits;
    private final int dtsDeltaBits;
    private final boolean randomAccess;
    private final int streamStateBits;
    private final int auxiliarySizeBits;
    private final int constantBytes;
    private byte[] partial = new byte[2048];
    private int partialBytes;
    private int partialWanted; // 0: no frame is open
    private int partialTimestamp;

    AacDepacketizer(RtpTrack track) {
        String mode = track.fmtp().getOrDefault("mode", "AAC-hbr").toLowerCase(Locale.ROOT);
        boolean low = mode.equals("aac-lbr");
        constantBytes = TrackReceiver.number(track, "constantsize");
        boolean guessed = !track.fmtp().containsKey("sizelength") && constantBytes == 0;
        sizeBits = guessed ? (low ? 6 : 13) : bits(track, "sizelength");
        indexBits = guessed ? (low ? 2 : 3) : bits(track, "indexlength");
        indexDeltaBits = guessed ? (low ? 2 : 3) : bits(track, "indexdeltalength");
        ctsDeltaBits = bits(track, "ctsdeltalength");
        dtsDeltaBits = bits(track, "dtsdeltalength");
        randomAccess = bits(track, "randomaccessindication") > 0;
        streamStateBits = bits(track, "streamstateindication");
        auxiliarySizeBits = bits(track, "auxiliarydatasizelength");
    }

    /// Whether a frame is open that began in a packet with this timestamp.
    boolean awaitsRestOf(int timestamp) {
        return partialWanted > 0 && partialTimestamp == timestamp;
    }

    /// What came before does not go on.
    void lose() {
        partialWanted = 0;
    }

    /// @return false when the payload breaks its format; frames before the break have been given
    boolean payload(RtpPacket packet, Sink sink) {
        ByteBuffer payload = packet.payload();
        if (isAdts(payload)) {
            partialWanted = 0;
            return splitAdts(payload, sink);
        }
        try {
            return split(payload, packet.timestamp(), sink);
        } catch (MalformedBitstreamException _) {
            partialWanted = 0;
            return false;
        }
    }

    /// Some cameras announce AAC-hbr and send ADTS: its syncword would be a header section longer
    /// than the packet.
    private static boolean isAdts(ByteBuffer payload) {
        return AdtsHeader.startsAt(payload, 0)
                && 2 + ((payload.getShort(0) & 0xffff) + 7) / 8 > payload.remaining();
    }

    private boolean splitAdts(ByteBuffer payload, Sink sink) {
        int index = 0;
        try {
            while (payload.hasRemaining()) {
                var header = AdtsHeader.parse(payload);
                if (header.frameBytes() > payload.remaining()) {
                    return false;
                }
                int body = header.frameBytes() - header.headerBytes();
                int at = payload.position();
                if (body > 0) {
                    sink.adts(header);
                    sink.frame(index++, payload.slice(at + header.headerBytes(), body));
                }
                payload.position(at + header.frameBytes());
            }
            return true;
        } catch (MalformedBitstreamException _) {
            return false;
        }
    }

    private boolean split(ByteBuffer payload, int timestamp, Sink sink)
            throws MalformedBitstreamException {
        boolean hasHeaders =
                sizeBits + indexBits + ctsDeltaBits + dtsDeltaBits + streamStateBits > 0;
        if (!hasHeaders) {
            return splitConstant(payload, sink);
        }
        if (payload.remaining() < 2) {
            return false;
        }
        int headerBits = payload.getShort(0) & 0xffff;
        int at = 2 + (headerBits + 7) / 8;
        if (at > payload.remaining()) {
            return false;
        }
        var headers = new BitReader(payload.slice(2, at - 2));
        if (auxiliarySizeBits > 0) {
            var auxiliary = new BitReader(payload.slice(at, payload.remaining() - at));
            int size = auxiliary.readInt(auxiliarySizeBits);
            at += (auxiliarySizeBits + size + 7) / 8;
        }
        int index = 0;
        boolean first = true;
        while (headers.positionBits() < headerBits) {
            int before = headers.positionBits();
            int size = sizeBits > 0 ? headers.readInt(sizeBits) : constantBytes;
            int step = headers.readInt(first ? indexBits : indexDeltaBits);
            skipRest(headers, first);
            if (headers.positionBits() == before) {
                return false;
            }
            index = first ? 0 : index + 1 + step;
            first = false;
            int left = payload.limit() - at;
            if (size > left) {
                return headers.positionBits() >= headerBits
                        && index == 0
                        && fragment(payload, at, left, size, timestamp, sink);
            }
            partialWanted = 0;
            give(index, payload.slice(at, size), sink);
            at += size;
        }
        return true;
    }

    private void skipRest(BitReader headers, boolean first) throws MalformedBitstreamException {
        if (ctsDeltaBits > 0 && !first && headers.readFlag()) {
            headers.skip(ctsDeltaBits);
        }
        if (dtsDeltaBits > 0 && headers.readFlag()) {
            headers.skip(dtsDeltaBits);
        }
        headers.skip((randomAccess ? 1 : 0) + streamStateBits);
    }

    private boolean splitConstant(ByteBuffer payload, Sink sink) {
        if (constantBytes <= 0) {
            give(0, payload, sink);
            return true;
        }
        int at = 0;
        for (int index = 0; at + constantBytes <= payload.limit(); index++) {
            give(index, payload.slice(at, constantBytes), sink);
            at += constantBytes;
        }
        return at == payload.limit();
    }

    /// A part of a frame; each carries the whole frame's size and timestamp.
    private boolean fragment(
            ByteBuffer payload, int at, int count, int size, int timestamp, Sink sink) {
        if (size > MAX_FRAME_BYTES) {
            return false;
        }
        if (partialWanted != size || partialTimestamp != timestamp) {
            partialWanted = size;
            partialTimestamp = timestamp;
            partialBytes = 0;
            if (partial.length < size) {
                partial = new byte[size];
            }
        }
        if (count > partialWanted - partialBytes) {
            partialWanted = 0;
            return false;
        }
        payload.get(at, partial, partialBytes, count);
        partialBytes += count;
        if (partialBytes == partialWanted) {
            partialWanted = 0;
            give(0, ByteBuffer.wrap(partial, 0, partialBytes).slice(), sink);
        }
        return true;
    }

    private static void give(int index, ByteBuffer frame, Sink sink) {
        if (!frame.hasRemaining()) {
            return;
        }
        if (AdtsHeader.startsAt(frame, 0)) { // no AAC frame begins like this
            try {
                var header = AdtsHeader.parse(frame);
                if (header.frameBytes() == frame.remaining()
                        && header.frameBytes() > header.headerBytes()) {
                    sink.adts(header);
                    frame.position(header.headerBytes());
                }
            } catch (MalformedBitstreamException _) {
                // Not a header, then.
            }
        }
        sink.frame(index, frame);
    }

    private static int bits(RtpTrack track, String parameter) {
        return Math.clamp(TrackReceiver.number(track, parameter), 0, 31);
    }
}
