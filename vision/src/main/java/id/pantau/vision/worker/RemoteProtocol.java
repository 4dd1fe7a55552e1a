package id.pantau.vision.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What comes before and beside [WorkerProtocol] where the worker is on another machine. All
/// connections are TLS 1.3 with a certificate of both, and all begin at the worker:
///
/// ```text
/// worker:  magic u32 "PANW", version u16, kind u8 (1: control, 2: job), number u64
/// ```
///
/// The number is the worker's capacity, or the job's. The server answers a control connection with
/// `answer u8 (0: welcome, 1: no), sentence`, and any other version with a no; these first bytes
/// stay as they are for ever, so that two versions can tell each other so. Then frames go both
/// ways:
///
/// ```text
/// server:  OPEN (20) number u64 · MODEL (21) id, file, SHA-256 (all empty: none) · PING (22)
/// worker:  LOAD (23) jobs u16, load of its machine f64, SHA-256 of the model it has
///          REFUSED (24) number u64, sentence
/// ```
///
/// For each `OPEN` the worker makes one more connection, of kind job: on it the server begins as
/// [WorkerProtocol] says. Whoever hears nothing for [#SILENCE] takes the other for gone. A job that
/// killed the worker's process ends with `KILLED` (10) in place of `END`, with the same body.
final class RemoteProtocol {
    static final int CONTROL = 1;
    static final int JOB = 2;

    static final int KILLED = 10;
    static final int OPEN = 20;
    static final int MODEL = 21;
    static final int PING = 22;
    static final int LOAD = 23;
    static final int REFUSED = 24;

    /// A sign of life goes both ways this often, and is missed after the other.
    static final Duration EVERY = Duration.ofSeconds(1);

    static final Duration SILENCE = Duration.ofSeconds(5);

    /// From the connection to the end of what it says first.
    static final Duration GREETING_LIMIT = Duration.ofSeconds(10);

    static final int MOST_CAPACITY = 256;

    private static final int MAGIC = 0x50414e57;
    private static final int HELLO_BYTES = 15;

    private RemoteProtocol() {}

    /// @param number the worker's capacity, or the job's number
    record Hello(int version, int kind, long number) {}

    static byte[] hello(int kind, long number) {
        return hello(WorkerProtocol.VERSION, kind, number);
    }

    static byte[] hello(int version, int kind, long number) {
        return ByteBuffer.allocate(HELLO_BYTES)
                .putInt(MAGIC)
                .putShort((short) version)
                .put((byte) kind)
                .putLong(number)
                .array();
    }

    /// @throws IOException when it is none
    static Hello readHello(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(HELLO_BYTES);
        if (bytes.length < HELLO_BYTES) {
            throw new IOException("it said nothing");
        }
        ByteBuffer hello = ByteBuffer.wrap(bytes);
        if (hello.getInt() != MAGIC) {
            throw new IOException("it speaks another protocol");
        }
        return new Hello(hello.getShort() & 0xffff, hello.get(), hello.getLong());
    }

    /// @param refusal null: welcome
    static byte[] answer(@Nullable String refusal) {
        return array(out -> {
            out.writeByte(refusal == null ? 0 : 1);
            WorkerProtocol.writeText(out, refusal == null ? "" : refusal);
        });
    }

    /// @return why not; null: welcome
    static @Nullable String readAnswer(InputStream in) throws IOException {
        var answer = new DataInputStream(in);
        boolean welcome = answer.readUnsignedByte() == 0;
        String sentence = WorkerProtocol.readText(answer);
        return welcome ? null : sentence;
    }

    static ByteBuffer numberBody(long number) {
        return ByteBuffer.allocate(8).putLong(number).flip();
    }

    static long number(byte[] body) throws IOException {
        return reader(body).readLong();
    }

    static ByteBuffer modelBody(@Nullable WantedModel model) {
        return body(out -> {
            WorkerProtocol.writeText(out, model == null ? "" : model.id());
            WorkerProtocol.writeText(out, model == null ? "" : model.file());
            WorkerProtocol.writeText(out, model == null ? "" : model.sha256());
        });
    }

    static @Nullable WantedModel model(byte[] body) throws IOException {
        DataInputStream in = reader(body);
        String id = WorkerProtocol.readText(in);
        String file = WorkerProtocol.readText(in);
        String sha256 = WorkerProtocol.readText(in);
        if (sha256.isEmpty()) {
            return null;
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IOException("a checksum that is none");
        }
        return new WantedModel(id, file, sha256);
    }

    static ByteBuffer loadBody(WorkerLoad load) {
        return body(out -> {
            out.writeShort(load.jobs());
            out.writeDouble(load.load());
            WorkerProtocol.writeText(out, load.modelSha256());
        });
    }

    static WorkerLoad load(byte[] body) throws IOException {
        DataInputStream in = reader(body);
        return new WorkerLoad(in.readUnsignedShort(), in.readDouble(), WorkerProtocol.readText(in));
    }

    static ByteBuffer refusalBody(long number, String sentence) {
        return body(out -> {
            out.writeLong(number);
            WorkerProtocol.writeText(out, sentence);
        });
    }

    record Refusal(long number, String sentence) {}

    static Refusal refusal(byte[] body) throws IOException {
        DataInputStream in = reader(body);
        return new Refusal(in.readLong(), WorkerProtocol.readText(in));
    }

    @FunctionalInterface
    private interface BodyWriter {
        void write(DataOutputStream out) throws IOException;
    }

    private static ByteBuffer body(BodyWriter writer) {
        return ByteBuffer.wrap(array(writer));
    }

    private static byte[] array(BodyWriter writer) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a text that is too long", e);
        }
        return bytes.toByteArray();
    }

    private static DataInputStream reader(byte[] body) {
        return new DataInputStream(new ByteArrayInputStream(body));
    }
}
