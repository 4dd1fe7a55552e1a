package id.pantau.media.rtmp;

import id.pantau.media.flv.FlvTag;
import id.pantau.media.flv.StreamTag;
import java.nio.ByteBuffer;

/// Puts messages into chunks (RTMP §5.3): always with a whole header (format 0), so that what was
/// written for one player fits every other, whatever went before it.
final class ChunkWriter {
    /// What every peer is told with Set Chunk Size: most messages are one chunk.
    static final int CHUNK_BYTES = 60_000;

    /// What counts before that.
    static final int FIRST_CHUNK_BYTES = 128;

    /// The message stream that nearly every player plays on.
    static final int STREAM = 1;

    /// A tag as players get it, shared by all of them.
    static final StreamTag.Form PLAYED = tag -> write(tag, STREAM);

    private static final int EXTENDED = 0xff_ffff;
    private static final int HEADER_BYTES = 12;

    private ChunkWriter() {}

    /// @param chunkBytes as the peer was told
    /// @param message whose chunk stream is below 64
    static ByteBuffer write(RtmpMessage message, int chunkBytes) {
        ByteBuffer body = message.body().duplicate();
        ByteBuffer out = begin(message, body.remaining(), chunkBytes);
        while (body.hasRemaining()) {
            int now = Math.min(chunkBytes, body.remaining());
            out.put(body.slice(body.position(), now));
            body.position(body.position() + now);
            if (body.hasRemaining()) {
                putContinuation(out, message.chunkStream(), message.timestampMs());
            }
        }
        return out.flip();
    }

    /// @param stream message stream id
    static ByteBuffer write(StreamTag tag, int stream) {
        int chunkStream = tag.kind() == FlvTag.Kind.VIDEO ? RtmpMessage.VIDEO : RtmpMessage.AUDIO;
        int type = tag.kind().type();
        var header =
                new RtmpMessage(
                        chunkStream, type, tag.timestampMs(), stream, ByteBuffer.allocate(0));
        if (tag.bodyBytes() > CHUNK_BYTES) {
            ByteBuffer body = tag.plain().body();
            return write(
                    new RtmpMessage(chunkStream, type, tag.timestampMs(), stream, body),
                    CHUNK_BYTES);
        }
        ByteBuffer out = begin(header, tag.bodyBytes(), CHUNK_BYTES);
        tag.putBody(out);
        return out.flip();
    }

    private static ByteBuffer begin(RtmpMessage message, int length, int chunkBytes) {
        boolean extended = isExtended(message.timestampMs());
        int continuations = Math.max(0, (length - 1) / chunkBytes);
        int extra = extended ? 4 : 0;
        ByteBuffer out =
                ByteBuffer.allocate(HEADER_BYTES + extra + length + continuations * (1 + extra));
        out.put((byte) message.chunkStream());
        putU24(out, extended ? EXTENDED : message.timestampMs());
        putU24(out, length);
        out.put((byte) message.type());
        out.putInt(Integer.reverseBytes(message.stream()));
        if (extended) {
            out.putInt(message.timestampMs());
        }
        return out;
    }

    private static void putContinuation(ByteBuffer out, int chunkStream, int timestampMs) {
        out.put((byte) (0xc0 | chunkStream));
        if (isExtended(timestampMs)) {
            out.putInt(timestampMs);
        }
    }

    private static boolean isExtended(int timestampMs) {
        return Integer.compareUnsigned(timestampMs, EXTENDED) >= 0;
    }

    private static void putU24(ByteBuffer out, int value) {
        out.put((byte) (value >> 16)).putShort((short) value);
    }
}
