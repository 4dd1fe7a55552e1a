package id.pantau.vision.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The part of [WorkerProtocol] that is about encoding anew.
///
/// A job of kind `TRANSCODE` (2) holds: codec u8 (1: H.264, 2: H.265), decoder configuration behind
/// its length in 16 bits, pictures per second f64, most pixels across and down u16 each, most bits
/// per second u32. Behind the request the server sends frames as the worker does, all of type
/// `UNIT` (3): flags u8 (1: key frame), dts i64, pts i64 (1/90000 s), NAL units. The worker answers
/// in such frames, and at last with `END`. When the server has shut down its side of the
/// connection, the worker sends what it still holds and ends.
final class TranscodeProtocol {
    static final int UNIT = 3;

    private static final int UNIT_HEADER_BYTES = 17;
    private static final int KEY_FRAME = 1;

    private TranscodeProtocol() {}

    static void writeBody(DataOutputStream body, TranscodeRequest request) throws IOException {
        WorkerProtocol.writeCodec(body, request.codec(), request.configuration());
        body.writeDouble(request.fps());
        body.writeShort(request.maxWidthPx());
        body.writeShort(request.maxHeightPx());
        body.writeInt(request.maxBitsPerSecond());
    }

    static TranscodeRequest readBody(DataInputStream body) throws IOException {
        return new TranscodeRequest(
                WorkerProtocol.readCodec(body),
                WorkerProtocol.readConfiguration(body),
                body.readDouble(),
                body.readUnsignedShort(),
                body.readUnsignedShort(),
                body.readInt());
    }

    /// A whole frame, in the buffers in which it is to be written.
    static ByteBuffer[] frame(CodedUnit unit) {
        ByteBuffer payload = unit.payload().duplicate();
        int length = UNIT_HEADER_BYTES + payload.remaining();
        ByteBuffer head =
                ByteBuffer.allocate(WorkerProtocol.FRAME_HEADER_BYTES + UNIT_HEADER_BYTES)
                        .put((byte) UNIT)
                        .putInt(length)
                        .put((byte) (unit.keyFrame() ? KEY_FRAME : 0))
                        .putLong(unit.dts90k())
                        .putLong(unit.pts90k())
                        .flip();
        return new ByteBuffer[] {head, payload};
    }

    /// @param body of a frame of type [#UNIT]
    static CodedUnit unit(byte[] body) throws IOException {
        if (body.length <= UNIT_HEADER_BYTES) {
            throw new IOException("a unit of %d bytes".formatted(body.length));
        }
        ByteBuffer bytes = ByteBuffer.wrap(body);
        boolean key = (bytes.get() & KEY_FRAME) != 0;
        long dts = bytes.getLong();
        long pts = bytes.getLong();
        return new CodedUnit(key, dts, pts, bytes.slice());
    }
}
