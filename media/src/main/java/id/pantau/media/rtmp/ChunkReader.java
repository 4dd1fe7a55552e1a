package id.pantau.media.rtmp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Puts messages together from chunks (RTMP §5.3), whose streams may be interleaved. What it holds
/// grows with what has come, never with what was announced. Confined to the thread that reads.
final class ChunkReader {
    /// How much a peer may make us hold.
    ///
    /// @param messageBytes of one message
    /// @param unfinishedBytes of all messages that have begun
    /// @param chunkStreams in use
    record Limits(int messageBytes, int unfinishedBytes, int chunkStreams) {
        /// For a peer that nobody knows yet.
        static final Limits COMMANDS = new Limits(64 << 10, 256 << 10, 16);

        /// For one that may send media.
        ///
        /// @param messageBytes key frames of 4K cameras have more than one megabyte
        static Limits media(int messageBytes) {
            return new Limits(messageBytes, 2 * messageBytes, 64);
        }
    }

    private static final int FIRST_CHUNK_BYTES = 128;
    private static final int MAX_CHUNK_BYTES = 0xff_ffff;
    private static final int EXTENDED = 0xff_ffff;
    private static final int FIRST_ALLOCATION = 16 << 10;

    /// Encoders repeat an absolute time as a step only where both are this small.
    private static final int SMALL_STEP_MS = 1000;

    private static final byte[] NONE = new byte[0];

    private static final class ChunkStream {
        int timestampMs;
        int stepMs;
        int length;
        int type;
        int stream;
        boolean extended;
        int extendedField;
        boolean open; // a message has begun
        byte[] body = NONE;
        int filled;

        void close() {
            open = false;
            body = NONE;
            filled = 0;
        }
    }

    private final RtmpInput in;
    private Limits limits;
    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private int chunkBytes = FIRST_CHUNK_BYTES;
    private long held;

    ChunkReader(RtmpInput in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// From here on the peer may make us hold more.
    void allow(Limits more) {
        limits = more;
    }

    /// Blocks until a message is whole. Chunk sizes and aborts have taken effect when they are
    /// returned.
    ///
    /// @throws IOException when the peer is gone
    RtmpMessage next() throws IOException, MalformedRtmpException {
        while (true) {
            int first = in.u8();
            int id = first & 0x3f;
            if (id == 0) {
                id = 64 + in.u8();
            } else if (id == 1) {
                id = 64 + in.u8() + (in.u8() << 8);
            }
            ChunkStream stream = stream(id, first >> 6);
            readHeader(stream, first >> 6);
            readPayload(stream);
            if (stream.filled == stream.length) {
                RtmpMessage message = finish(id, stream);
                apply(message);
                return message;
            }
        }
    }

    private ChunkStream stream(int id, int format) throws MalformedRtmpException {
        ChunkStream stream = streams.get(id);
        if (stream == null) {
            if (format > 1) { // 1 without a 0 before it is sent by some old libraries
                throw new MalformedRtmpException(
                        "a chunk stream that begins with format " + format);
            }
            if (streams.size() >= limits.chunkStreams()) {
                throw new MalformedRtmpException("too many chunk streams");
            }
            stream = new ChunkStream();
            streams.put(id, stream);
        }
        return stream;
    }

    private void readHeader(ChunkStream stream, int format)
            throws IOException, MalformedRtmpException {
        if (format == 3) {
            continueHeader(stream);
            return;
        }
        if (stream.open) {
            throw new MalformedRtmpException("a message that begins inside another");
        }
        int field = in.u24();
        if (format <= 1) {
            stream.length = in.u24();
            stream.type = in.u8();
            if (stream.length > limits.messageBytes()) {
                throw new MalformedRtmpException("a message of %d bytes".formatted(stream.length));
            }
        }
        if (format == 0) {
            stream.stream = Integer.reverseBytes(in.i32()); // the only field in little-endian
        }
        stream.extended = field == EXTENDED;
        if (stream.extended) {
            field = in.i32();
            stream.extendedField = field;
        }
        if (format == 0) {
            stream.timestampMs = field;
            // §5.3.1.2.4 takes the time for the step of a chunk of format 3 behind this, and FFmpeg
            // writes so; librtmp means the same time. It can only be the former where it is small.
            stream.stepMs = field >= 0 && field <= SMALL_STEP_MS ? field : 0;
        } else {
            stream.timestampMs += field;
            stream.stepMs = field;
        }
        stream.open = true;
    }

    private void continueHeader(ChunkStream stream) throws IOException {
        if (!stream.open) {
            stream.open = true;
            stream.timestampMs += stream.stepMs;
        }
        // Some libraries do not repeat the extended timestamp; then these bytes are payload.
        if (stream.extended && in.peekI32() == stream.extendedField) {
            int unused = in.i32();
        }
    }

    private void readPayload(ChunkStream stream) throws IOException, MalformedRtmpException {
        int rest = Math.min(chunkBytes, stream.length - stream.filled);
        while (rest > 0) {
            if (stream.filled == stream.body.length) {
                grow(stream);
            }
            int now = Math.min(rest, stream.body.length - stream.filled);
            in.read(stream.body, stream.filled, now);
            stream.filled += now;
            rest -= now;
        }
    }

    private void grow(ChunkStream stream) throws MalformedRtmpException {
        int before = stream.body.length;
        int size = Math.min(stream.length, Math.max(FIRST_ALLOCATION, 2 * before));
        held += size - before;
        if (held > limits.unfinishedBytes()) {
            throw new MalformedRtmpException("too many unfinished messages");
        }
        stream.body = Arrays.copyOf(stream.body, size);
    }

    private RtmpMessage finish(int id, ChunkStream stream) {
        var message =
                new RtmpMessage(
                        id,
                        stream.type,
                        stream.timestampMs,
                        stream.stream,
                        ByteBuffer.wrap(stream.body));
        held -= stream.body.length;
        stream.close();
        return message;
    }

    private void apply(RtmpMessage message) throws MalformedRtmpException {
        if (message.type() == MessageType.SET_CHUNK_SIZE) {
            int size = value(message) & 0x7fff_ffff;
            if (size < 1) {
                throw new MalformedRtmpException("a chunk size of " + size);
            }
            chunkBytes = Math.min(size, MAX_CHUNK_BYTES);
        } else if (message.type() == MessageType.ABORT) {
            ChunkStream aborted = streams.get(value(message));
            if (aborted != null) {
                held -= aborted.body.length;
                aborted.close();
            }
        }
    }

    private static int value(RtmpMessage message) throws MalformedRtmpException {
        if (message.body().remaining() < 4) {
            throw new MalformedRtmpException("a control message cut short");
        }
        return message.body().getInt(message.body().position());
    }
}
