package id.pantau.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamSignal;
import id.pantau.media.flv.Amf0;
import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.FlvReader;
import id.pantau.media.flv.FlvReceiver;
import id.pantau.media.flv.FlvTag;
import id.pantau.media.flv.MalformedFlvException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What holds for every input, however broken: no exception but the parsers' own, no allocation
/// beyond the input's size class, and what was read can be written and read again.
final class RtmpProperties {
    /// For whatever a parser sets up before it reads.
    private static final long BASE_BYTES = 4 << 20;

    /// So many messages of an input are written and read again.
    private static final int WRITTEN_AGAIN = 16;

    private RtmpProperties() {}

    static void check(byte[] input) {
        long before = allocated();
        amf0(input);
        chunks(input);
        flv(input);
        media(input);
        long taken = allocated() - before;
        assertThat(taken).as("bytes allocated").isLessThan(BASE_BYTES + 400L * input.length);
    }

    static void amf0(byte[] input) {
        try {
            List<AmfValue> values = Amf0.read(ByteBuffer.wrap(input));
            assertThat(Amf0.read(Amf0.write(values))).isEqualTo(values);
        } catch (MalformedFlvException _) {
            // refused
        }
    }

    /// @return the messages up to where the input breaks off
    static List<RtmpMessage> chunks(byte[] input) {
        var reader = reader(input);
        var messages = new ArrayList<RtmpMessage>();
        try {
            while (true) {
                RtmpMessage message = reader.next();
                messages.add(message);
                if (message.type() == MessageType.COMMAND_AMF0) {
                    read(message);
                }
                if (message.chunkStream() < 64 && messages.size() <= WRITTEN_AGAIN) {
                    again(message);
                }
            }
        } catch (MalformedRtmpException | IOException _) {
            return messages;
        }
    }

    static ChunkReader reader(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        return new ChunkReader(
                new RtmpInput(into -> {
                    int count = Math.min(into.remaining(), bytes.remaining());
                    into.put(bytes.slice(bytes.position(), count));
                    bytes.position(bytes.position() + count);
                    return count == 0 ? -1 : count;
                }),
                ChunkReader.Limits.media(8 << 20));
    }

    private static void read(RtmpMessage message) {
        try {
            Command command = Command.read(message);
            assertThat(Command.read(command.message(0))).isEqualTo(command);
        } catch (MalformedRtmpException _) {
            // refused
        }
    }

    private static void again(RtmpMessage message) throws IOException {
        ByteBuffer written = ChunkWriter.write(message, ChunkWriter.FIRST_CHUNK_BYTES);
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        try {
            assertThat(reader(bytes).next()).isEqualTo(message);
        } catch (MalformedRtmpException e) {
            assertThat(message.type()).as(e.getMessage()).isLessThanOrEqualTo(MessageType.ABORT);
        }
    }

    static void flv(byte[] input) {
        var reader = new FlvReader(new ByteArrayInputStream(input), 1 << 20);
        try {
            while (reader.next().isPresent()) {}
        } catch (MalformedFlvException | IOException _) {
            // refused
        }
    }

    /// The input as the body of each kind of tag, and cut into several.
    static void media(byte[] input) {
        var units = new ArrayList<AccessUnit>();
        var receiver =
                new FlvReceiver(
                        Clock.systemUTC(),
                        System::nanoTime,
                        signal -> {
                            if (signal instanceof StreamSignal.Unit(AccessUnit unit)) {
                                units.add(unit);
                            }
                        });
        for (FlvTag.Kind kind : FlvTag.Kind.values()) {
            for (int i = 0; i < 3; i++) {
                int from = input.length * i / 3;
                ByteBuffer body = ByteBuffer.wrap(input, from, input.length - from).slice();
                receiver.accept(new FlvTag(kind, i * 40, body));
            }
        }
        inOrder(units);
    }

    /// Decode times ascend within each media track and are never after presentation.
    static void inOrder(List<AccessUnit> units) {
        Map<MediaKind, Long> last = new EnumMap<>(MediaKind.class);
        for (AccessUnit unit : units) {
            assertThat(unit.dts()).isLessThanOrEqualTo(unit.pts());
            assertThat(unit.dts().ticks90k())
                    .isGreaterThan(last.getOrDefault(unit.kind(), Long.MIN_VALUE));
            last.put(unit.kind(), unit.dts().ticks90k());
        }
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
