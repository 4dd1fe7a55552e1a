package id.pantau.media.flv;

import java.nio.ByteBuffer;

/// One FLV tag, or what an RTMP message carries of it.
///
/// @param timestampMs decoding time on the sender's clock; 32 bits unsigned, wraps
/// @param body without tag header; read-only views are taken of it, nobody writes to it
public record FlvTag(Kind kind, int timestampMs, ByteBuffer body) {
    /// The tag types (FLV §E.4.1), which are RTMP's message types, too.
    public enum Kind {
        AUDIO(8),
        VIDEO(9),
        SCRIPT(18);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        public int type() {
            return type;
        }
    }

    /// The header of every FLV file, `PreviousTagSize0` included.
    public static ByteBuffer fileHeader(boolean audio, boolean video) {
        int flags = (audio ? 4 : 0) | (video ? 1 : 0);
        return ByteBuffer.allocate(13)
                .put((byte) 'F')
                .put((byte) 'L')
                .put((byte) 'V')
                .put((byte) 1)
                .put((byte) flags)
                .putInt(9)
                .putInt(0)
                .flip();
    }

    private static final int HEADER_BYTES = 11;

    /// The tag as it stands in a file, with the `PreviousTagSize` behind it.
    public ByteBuffer inFile() {
        int size = body.remaining();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + size + 4);
        bytes.putInt(kind.type << 24 | size);
        bytes.putInt(timestampMs << 8 | timestampMs >>> 24); // 24 low bits, then the 8 high ones
        bytes.put((byte) 0).putShort((short) 0); // stream id: always 0
        return bytes.put(body.duplicate()).putInt(HEADER_BYTES + size).flip();
    }
}
