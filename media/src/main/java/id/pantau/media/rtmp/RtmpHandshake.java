package id.pantau.media.rtmp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/// The opening of a connection (RTMP §5.2). The digests that Flash put into it are neither made nor
/// checked: everybody who sends them talks to servers without, too.
final class RtmpHandshake {
    static final int VERSION = 3;
    static final int PART_BYTES = 1536;

    private RtmpHandshake() {}

    /// C0 and C1, or S0 and S1: a time of 0 and a version of 0, which says that there is no digest.
    static ByteBuffer opening(Random random) {
        byte[] noise = new byte[PART_BYTES - 8];
        random.nextBytes(noise);
        return ByteBuffer.allocate(1 + PART_BYTES).put((byte) VERSION).putLong(0).put(noise).flip();
    }

    /// Reads C0 or S0.
    ///
    /// @throws MalformedRtmpException for anything but 3: 6 is encrypted RTMPE, and higher ones are
    ///   text protocols
    static void readVersion(RtmpInput in) throws IOException, MalformedRtmpException {
        int version = in.u8();
        if (version != VERSION) {
            throw new MalformedRtmpException("not RTMP: begins with " + version);
        }
    }

    /// Reads C1, C2, S1 or S2; the answer to the former is the same bytes.
    static ByteBuffer readPart(RtmpInput in) throws IOException {
        byte[] part = new byte[PART_BYTES];
        in.read(part, 0, PART_BYTES);
        return ByteBuffer.wrap(part);
    }
}
