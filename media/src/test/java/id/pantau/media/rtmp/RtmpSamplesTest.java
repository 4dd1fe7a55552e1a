package id.pantau.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.Samples;
import id.pantau.media.flv.Amf0;
import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.TagBody;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What encoders, cameras and servers really send.
@Tag("samples")
class RtmpSamplesTest {
    @Test
    void everyAmfMessageHasItsValues() throws Exception {
        List<JsonNode> cases = Samples.jsonLines(Samples.folder("rtmp").resolve("amf0.jsonl"));
        assertThat(cases).hasSize(18);
        for (JsonNode one : cases) {
            List<AmfValue> values = Amf0.read(bytes(one.get("hex").asString()));
            JsonNode expected = one.get("values");
            assertThat(values).as(one.get("case").asString()).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertSame(values.get(i), expected.get(i));
            }
            assertThat(Amf0.read(Amf0.write(values))).isEqualTo(values);
        }
    }

    private static void assertSame(AmfValue value, JsonNode expected) {
        switch (value) {
            case AmfValue.Number(double number) ->
                    assertThat(number).isEqualTo(expected.asDouble());
            case AmfValue.Flag(boolean flag) -> assertThat(flag).isEqualTo(expected.asBoolean());
            case AmfValue.Text(String text) -> assertThat(text).isEqualTo(expected.asString());
            case AmfValue.Nothing _, AmfValue.Date _ -> assertThat(expected.isNull()).isTrue();
            case AmfValue.Items(List<AmfValue> items) -> {
                assertThat(items).hasSize(expected.size());
                for (int i = 0; i < items.size(); i++) {
                    assertSame(items.get(i), expected.get(i));
                }
            }
            case AmfValue.Fields(Map<String, AmfValue> fields, boolean _) -> {
                assertThat(fields.keySet())
                        .containsExactlyInAnyOrderElementsOf(expected.propertyNames());
                fields.forEach((name, field) -> assertSame(field, expected.get(name)));
            }
        }
    }

    @Test
    void everyMessageIsWhatItsNameSays() throws Exception {
        var expected = new HashMap<String, Object>();
        expected.put("acknowledge", control(MessageType.ACKNOWLEDGEMENT, 45_953_968));
        expected.put("abort message", control(MessageType.ABORT, 7));
        expected.put("set chunk size", control(MessageType.SET_CHUNK_SIZE, 10_000));
        // These two are copies of the one above in the project they come from.
        expected.put("set peer bandwidth", control(MessageType.SET_CHUNK_SIZE, 10_000));
        expected.put("set window ack size", control(MessageType.SET_CHUNK_SIZE, 10_000));
        expected.put("user control ping response", RtmpMessage.userControl(7, 569_834_435));
        expected.put("user control stream begin", RtmpMessage.userControl(0, 35_534));
        expected.put("user control stream eof", RtmpMessage.userControl(1, 35_534));
        expected.put("user control stream is recorded", RtmpMessage.userControl(4, 35_534));
        expected.put("user control set buffer length", "type 4 of 10 bytes");
        expected.put("command amf0", "12 letters");
        expected.put("audio mpeg1", foreign("FLV sound format 2"));
        expected.put("audio mpeg4 config", new TagBody.Config(Codec.AAC, bytes("1210")));
        expected.put("audio mpeg4 nil config", new TagBody.Nothing());
        expected.put(
                "audio ex sequence start opus",
                new TagBody.Config(Codec.OPUS, bytes("4f7075734865616401023801c05d0000000000")));
        expected.put("audio ex sequence start ac3", foreign("ac-3"));
        expected.put("audio ex sequence start flac", foreign("fLaC"));
        expected.put("audio ex sequence end", new TagBody.Nothing());
        expected.put("audio ex multichannel config", new TagBody.Nothing());
        expected.put("audio ex multitrack", new TagBody.Nothing());
        expected.put("video", new TagBody.Picture(Codec.H264, true, 10, bytes("010203")));
        expected.put("video h264 config", Codec.H264);
        expected.put("video h265 config", Codec.H265);
        expected.put("video eos", new TagBody.Nothing());
        expected.put("video ex sequence start hevc", Codec.H265);
        expected.put("video ex sequence start vp9", foreign("vp09"));
        expected.put("video ex sequence start h264", Codec.H264);
        expected.put(
                "video ex coded frames",
                new TagBody.Picture(Codec.H265, false, 30, bytes("010203")));
        expected.put(
                "video ex coded frames h264",
                new TagBody.Picture(Codec.H264, false, 30, bytes("010203")));
        expected.put(
                "video ex coded frames negative composition time",
                new TagBody.Picture(Codec.H264, false, -34, bytes("010203")));
        expected.put(
                "video ex frames x h264",
                new TagBody.Picture(Codec.H264, false, 0, bytes("010203")));
        expected.put("video ex metadata", new TagBody.Nothing());
        expected.put("video ex multitrack", new TagBody.Nothing()); // of track 1
        int checked = 0;
        for (JsonNode one : messages()) {
            String name = one.get("case").asString();
            if (expected.containsKey(name)) {
                checked++;
                assertThat(described(one, expected.get(name)))
                        .as(name)
                        .isEqualTo(expected.get(name));
            }
        }
        assertThat(checked).isEqualTo(expected.size());
    }

    /// The message in the shape in which it is expected.
    private static Object described(JsonNode one, Object expected) throws Exception {
        JsonNode parts = one.get("hex");
        byte[] wire = Bytes.ofHex(parts.get(parts.size() - 1).asString()).toArray();
        RtmpMessage message = RtmpProperties.reader(wire).next();
        assertThat(ChunkWriter.write(message, ChunkWriter.FIRST_CHUNK_BYTES))
                .as("written again")
                .isEqualTo(ByteBuffer.wrap(wire));
        return switch (message.type()) {
            case MessageType.AUDIO -> TagBody.audio(message.body());
            case MessageType.VIDEO -> {
                TagBody body = TagBody.video(message.body());
                yield expected instanceof Codec && body instanceof TagBody.Config config
                        ? config.codec()
                        : body;
            }
            case MessageType.COMMAND_AMF0 -> Command.read(message).name().length() + " letters";
            default ->
                    expected instanceof String
                            ? "type %d of %d bytes"
                                    .formatted(message.type(), message.body().remaining())
                            : message;
        };
    }

    private static TagBody foreign(String codec) {
        return new TagBody.Foreign(codec);
    }

    private static RtmpMessage control(int type, int value) {
        return RtmpMessage.control(type, value);
    }

    /// Each is the first chunk of a message of 20 bytes at a chunk size of 4; the rest is added.
    @Test
    void everyChunkHeaderIsRead() throws Exception {
        Map<String, Integer> timestamps =
                Map.of(
                        "chunk0 standard", 0xb1a191,
                        "chunk0 extended timestamp", 0xff3486a2,
                        "chunk1 standard", 1000 + 0xb1a191,
                        "chunk2 standard", 1000 + 0xb1a191,
                        "chunk2 extended timestamp", 1000 + 0xffaabbcc,
                        "chunk3 standard", 1000 + 1000);
        int checked = 0;
        for (JsonNode one : messages()) {
            Integer timestampMs = timestamps.get(one.get("case").asString());
            if (timestampMs == null) {
                continue;
            }
            checked++;
            String first = one.get("hex").get(0).asString();
            boolean extended = one.get("case").asString().contains("extended");
            var wire = new ByteArrayOutputStream();
            wire.writeBytes(Bytes.ofHex("02000000000004010000000000000004").toArray());
            boolean whole = first.startsWith("19");
            if (!whole) { // a message of the same stream before it
                wire.writeBytes(Bytes.ofHex("190003e80000141401000000").toArray());
                restOfMessage(wire);
            }
            wire.writeBytes(Bytes.ofHex(first).toArray());
            String field = extended ? first.substring(whole ? 24 : 8, whole ? 32 : 16) : "";
            for (int at = 4; at < 20; at += 4) {
                wire.writeBytes(Bytes.ofHex("d9" + field + "00000000").toArray());
            }
            List<RtmpMessage> messages = RtmpProperties.chunks(wire.toByteArray());
            assertThat(messages).as(first).hasSize(whole ? 2 : 3);
            RtmpMessage last = messages.getLast();
            assertThat(last.timestampMs()).as(first).isEqualTo(timestampMs);
            assertThat(last.chunkStream()).isEqualTo(25);
            assertThat(last.body().remaining()).isEqualTo(20);
        }
        assertThat(checked).isEqualTo(timestamps.size());
    }

    private static void restOfMessage(ByteArrayOutputStream wire) {
        wire.writeBytes(new byte[4]);
        for (int at = 4; at < 20; at += 4) {
            wire.writeBytes(Bytes.ofHex("d900000000").toArray());
        }
    }

    @Test
    void theSessionOnTheWireIsUnderstood() throws Exception {
        var input = new RtmpInput(source(stream(Samples.folder("rtmp").resolve("pcap/rtmp.pcap"))));
        RtmpHandshake.readVersion(input);
        ByteBuffer unused = RtmpHandshake.readPart(input);
        ByteBuffer alsoUnused = RtmpHandshake.readPart(input);
        var chunks = new ChunkReader(input, ChunkReader.Limits.media(8 << 20));
        var names = new ArrayList<String>();
        try {
            while (true) {
                RtmpMessage message = chunks.next();
                names.add(
                        message.type() == MessageType.COMMAND_AMF0
                                ? Command.read(message).name()
                                : "type " + message.type());
            }
        } catch (EOFException _) {
            // the capture ends
        }
        assertThat(names).contains("connect", "type " + MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE);
    }

    @Test
    void handshakePartsAreReadWhereTheyAreWhole() throws Exception {
        Path folder = Samples.folder("rtmp/handshake");
        byte[] version = Samples.bytes(folder.resolve("c0s0-0.bin"));
        RtmpHandshake.readVersion(new RtmpInput(source(version)));
        byte[] cut = Samples.bytes(folder.resolve("c1s1-0.bin"));
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> RtmpHandshake.readPart(new RtmpInput(source(cut))));
    }

    @Test
    void whatOtherProjectsFuzzersKept() throws Exception {
        int inputs = 0;
        for (Path corpus : Samples.list("rtmp/fuzz", ".jsonl")) {
            for (byte[] input : Samples.corpus(corpus)) {
                RtmpProperties.check(input);
                inputs++;
            }
        }
        assertThat(inputs).isEqualTo(13 + 8 + 31 + 1);
    }

    private static List<JsonNode> messages() throws Exception {
        return Samples.jsonLines(Samples.folder("rtmp").resolve("messages.jsonl"));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(Bytes.ofHex(hex).toArray());
    }

    private static ByteSource source(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        return into -> {
            int count = Math.min(into.remaining(), left.remaining());
            into.put(left.slice(left.position(), count));
            left.position(left.position() + count);
            return count == 0 ? -1 : count;
        };
    }

    /// What the client sent to port 1935 in a pcapng capture of Ethernet; nothing was sent twice.
    private static byte[] stream(Path capture) throws Exception {
        ByteBuffer in = Samples.buffer(capture).order(ByteOrder.LITTLE_ENDIAN);
        var out = new ByteArrayOutputStream();
        while (in.remaining() >= 12) {
            int block = in.position();
            int type = in.getInt(block);
            int length = in.getInt(block + 4);
            if (type == 6) {
                int size = in.getInt(block + 20);
                ByteBuffer ip = in.slice(block + 28 + 14, size - 14); // big-endian by itself
                int header = (ip.get(0) & 15) * 4;
                int end = ip.getShort(2) & 0xffff;
                int data = header + (ip.get(header + 12) >> 4 & 15) * 4;
                if (ip.get(9) == 6 && ip.getShort(header + 2) == 1935 && end <= ip.capacity()) {
                    byte[] payload = new byte[end - data];
                    ip.get(data, payload);
                    out.writeBytes(payload);
                }
            }
            in.position(block + length);
        }
        return out.toByteArray();
    }
}
