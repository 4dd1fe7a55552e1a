package id.pantau.vision.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.StreamEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What server and worker say to each other. One connection is one job; closing it ends the job.
/// All numbers are big-endian, texts are UTF-8 behind their length in 16 bits.
///
/// ```text
/// server:  magic u32 "PANT", version u16, kind u8, length u32, body     once, at the beginning
/// worker:  type u8, length u32, body                                    until END
/// ```
///
/// Every body begins with the job's number, u64. A job of kind `PULL` (1) holds then: flags u8 (1:
/// there is a user name, 2: a password, 4: a proxy), URL, user name, password, proxy, time to
/// connect u32 ms, longest silence u32 ms. It is answered with `MEDIA` (1), bytes of an FLV file
/// from its beginning, cut anywhere, and at last `END` (2): a name of [StreamEnd.Reason] and a
/// sentence. The worker reads no faster than the server takes: a full socket is the flow control.
/// The other kinds are those of [TranscodeProtocol], [AnalyseProtocol] and [StillProtocol].
///
/// Both come from one build, so another version is an error and no negotiation.
final class WorkerProtocol {
    static final int MEDIA = 1;
    static final int END = 2;
    static final int FRAME_HEADER_BYTES = 5;

    /// A longer frame is malformed; the longest one holds one access unit.
    static final int MAX_FRAME_BYTES = 32 << 20;

    private static final int MAGIC = 0x50414e54;
    static final int VERSION = 5;
    private static final int PULL = 1;
    private static final int TRANSCODE = 2;
    private static final int ANALYSE = 3;
    private static final int STILL = 4;
    private static final int MAX_REQUEST_BYTES = 1 << 20; // zones may have many corners
    private static final int H264 = 1;
    private static final int H265 = 2;
    private static final int HAS_USERNAME = 1;
    private static final int HAS_PASSWORD = 2;
    private static final int HAS_PROXY = 4;
    private static final int MAX_DETAIL = 500;

    private WorkerProtocol() {}

    /// A request as it is sent.
    ///
    /// @param number of the job, never given twice by one server
    static ByteBuffer request(long number, JobRequest request) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var body = new DataOutputStream(bytes);
        body.writeLong(number);
        int kind =
                switch (request) {
                    case PullRequest pull -> {
                        writeBody(body, pull);
                        yield PULL;
                    }
                    case TranscodeRequest transcode -> {
                        TranscodeProtocol.writeBody(body, transcode);
                        yield TRANSCODE;
                    }
                    case AnalyseRequest analyse -> {
                        AnalyseProtocol.writeBody(body, analyse);
                        yield ANALYSE;
                    }
                    case StillRequest still -> {
                        StillProtocol.writeBody(body, still);
                        yield STILL;
                    }
                };
        ByteBuffer whole = ByteBuffer.allocate(11 + bytes.size());
        whole.putInt(MAGIC).putShort((short) VERSION).put((byte) kind).putInt(bytes.size());
        return whole.put(bytes.toByteArray()).flip();
    }

    private static void writeBody(DataOutputStream body, PullRequest request) throws IOException {
        String username = request.username();
        String password = request.password();
        String proxy = request.httpProxy();
        body.writeByte(
                (username == null ? 0 : HAS_USERNAME)
                        | (password == null ? 0 : HAS_PASSWORD)
                        | (proxy == null ? 0 : HAS_PROXY));
        writeText(body, request.url());
        writeText(body, username == null ? "" : username);
        writeText(body, password == null ? "" : password);
        writeText(body, proxy == null ? "" : proxy);
        body.writeInt(Math.toIntExact(request.connectLimit().toMillis()));
        body.writeInt(Math.toIntExact(request.silenceLimit().toMillis()));
    }

    /// A job as the worker got it.
    record NumberedRequest(long number, JobRequest request) {}

    /// Reads no byte behind the request.
    ///
    /// @throws IOException when it is cut short, of another version, or too long
    static NumberedRequest readRequest(InputStream in) throws IOException {
        var head = new DataInputStream(in);
        if (head.readInt() != MAGIC || head.readUnsignedShort() != VERSION) {
            throw new IOException("a request of another version");
        }
        int kind = head.readUnsignedByte();
        int length = head.readInt();
        if (length < 0 || length > MAX_REQUEST_BYTES) {
            throw new IOException("a job of kind %d with %d bytes".formatted(kind, length));
        }
        byte[] bytes = new byte[length];
        head.readFully(bytes);
        var body = new DataInputStream(new ByteArrayInputStream(bytes));
        long number = body.readLong();
        return new NumberedRequest(
                number,
                switch (kind) {
                    case PULL -> readPull(body);
                    case TRANSCODE -> TranscodeProtocol.readBody(body);
                    case ANALYSE -> AnalyseProtocol.readBody(body);
                    case STILL -> StillProtocol.readBody(body);
                    default -> throw new IOException("a job of kind " + kind);
                });
    }

    private static PullRequest readPull(DataInputStream body) throws IOException {
        int flags = body.readUnsignedByte();
        String url = readText(body);
        String username = readText(body);
        String password = readText(body);
        String proxy = readText(body);
        return new PullRequest(
                url,
                (flags & HAS_USERNAME) == 0 ? null : username,
                (flags & HAS_PASSWORD) == 0 ? null : password,
                (flags & HAS_PROXY) == 0 ? null : proxy,
                Duration.ofMillis(body.readInt()),
                Duration.ofMillis(body.readInt()));
    }

    /// The header of a frame with so many bytes behind it, from position to limit. Blocks until all
    /// of them are written.
    static void writeAll(SocketChannel channel, ByteBuffer[] all) throws IOException {
        int first = 0;
        while (first < all.length) {
            channel.write(all, first, all.length - first);
            while (first < all.length && !all[first].hasRemaining()) {
                first++;
            }
        }
    }

    static ByteBuffer frameHeader(int type, int length) {
        return ByteBuffer.allocate(FRAME_HEADER_BYTES).put((byte) type).putInt(length).flip();
    }

    /// The body of `END`.
    static ByteBuffer endBody(StreamEnd end) {
        String detail = end.detail();
        var bytes = new ByteArrayOutputStream();
        try (var body = new DataOutputStream(bytes)) {
            writeText(body, end.reason().name());
            writeText(
                    body, detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail);
        } catch (IOException e) {
            throw new AssertionError("writing to memory", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /// @throws IOException when it is no such body
    static StreamEnd readEnd(byte[] body) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(body));
        String name = readText(in);
        String detail = readText(in);
        StreamEnd.@Nullable Reason reason = reason(name);
        if (reason == null) {
            throw new IOException("an unknown reason");
        }
        return new StreamEnd(reason, detail);
    }

    private static StreamEnd.@Nullable Reason reason(String name) {
        for (StreamEnd.Reason reason : StreamEnd.Reason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return null;
    }

    /// The codec, and the body of its `avcC` or `hvcC`.
    static void writeCodec(DataOutputStream out, Codec codec, Bytes configuration)
            throws IOException {
        out.writeByte(codec == Codec.H265 ? H265 : H264);
        out.writeShort(configuration.size());
        out.write(configuration.toArray());
    }

    static Codec readCodec(DataInputStream in) throws IOException {
        int codec = in.readUnsignedByte();
        if (codec != H264 && codec != H265) {
            throw new IOException("pictures of codec " + codec);
        }
        return codec == H265 ? Codec.H265 : Codec.H264;
    }

    static Bytes readConfiguration(DataInputStream in) throws IOException {
        byte[] configuration = new byte[in.readUnsignedShort()];
        in.readFully(configuration);
        return Bytes.of(configuration);
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > 0xffff) {
            throw new IOException("a text of %d bytes".formatted(bytes.length));
        }
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }
}
