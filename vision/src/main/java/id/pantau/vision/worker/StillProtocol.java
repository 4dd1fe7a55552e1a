package id.pantau.vision.worker;

import id.pantau.media.AccessUnit;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The part of [WorkerProtocol] that is about still pictures.
///
/// A job of kind `STILL` (4) holds: codec u8 (1: H.264, 2: H.265), decoder configuration behind its
/// length in 16 bits, most pixels across u16, hidden parts as [AnalyseProtocol] has them. Behind
/// the request the server sends one frame of type `UNIT` as [TranscodeProtocol] has it, a key
/// frame. The worker answers with a frame of type `JPEG` (8), the picture, and with `END`; with
/// `END` alone when it cannot be decoded.
final class StillProtocol {
    static final int JPEG = 8;

    private StillProtocol() {}

    static void writeBody(DataOutputStream body, StillRequest request) throws IOException {
        WorkerProtocol.writeCodec(body, request.codec(), request.configuration());
        body.writeShort(request.maxWidthPx());
        AnalyseProtocol.writePolygons(body, request.hidden());
    }

    /// The server's side, behind the request.
    ///
    /// @return JPEG
    /// @throws IOException when it cannot be decoded, or the worker died of it
    static byte[] exchange(Link link, AccessUnit picture) throws IOException {
        ByteBuffer[] frame = TranscodeProtocol.frame(new CodedUnit(true, 0, 0, picture.payload()));
        link.write(frame[0], frame[1]);
        FrameReader.RawFrame answer = new FrameReader(link.input()).next();
        if (answer == null) {
            throw new IOException("The worker broke off.");
        }
        if (answer.type() != JPEG) {
            throw new IOException(WorkerProtocol.readEnd(answer.body()).detail());
        }
        return answer.body();
    }

    static StillRequest readBody(DataInputStream body) throws IOException {
        return new StillRequest(
                WorkerProtocol.readCodec(body),
                WorkerProtocol.readConfiguration(body),
                body.readUnsignedShort(),
                AnalyseProtocol.readPolygons(body));
    }
}
