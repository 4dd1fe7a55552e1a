package id.pantau.media.flv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads and writes AMF0 (Action Message Format, AMF 0, §2).
public final class Amf0 {
    /// Deeper nesting is refused; what encoders send is two deep.
    private static final int MAX_DEPTH = 16;

    private static final int MAX_VALUES = 10_000;

    private static final int NUMBER = 0;
    private static final int BOOLEAN = 1;
    private static final int STRING = 2;
    private static final int OBJECT = 3;
    private static final int NULL = 5;
    private static final int UNDEFINED = 6;
    private static final int ECMA_ARRAY = 8;
    private static final int OBJECT_END = 9;
    private static final int STRICT_ARRAY = 10;
    private static final int DATE = 11;
    private static final int LONG_STRING = 12;
    private static final int UNSUPPORTED = 13;
    private static final int XML = 15;
    private static final int TYPED_OBJECT = 16;

    private final ByteBuffer in;
    private int values;

    private Amf0(ByteBuffer in) {
        this.in = in;
    }

    /// The values that stand one behind the other.
    ///
    /// @param bytes from position to limit; its position does not move
    public static List<AmfValue> read(ByteBuffer bytes) throws MalformedFlvException {
        var reader = new Amf0(bytes.slice());
        List<AmfValue> values = new ArrayList<>();
        while (reader.in.hasRemaining()) {
            values.add(reader.value(0));
        }
        return values;
    }

    public static ByteBuffer write(List<AmfValue> values) {
        var bytes = new ByteArrayOutputStream(256);
        try {
            var out = new DataOutputStream(bytes);
            for (AmfValue value : values) {
                write(out, value);
            }
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private AmfValue value(int depth) throws MalformedFlvException {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw new MalformedFlvException("AMF0 nested too deeply or with too many values");
        }
        int marker = take(1).get() & 0xff;
        return switch (marker) {
            case NUMBER -> new AmfValue.Number(take(8).getDouble());
            case BOOLEAN -> new AmfValue.Flag(take(1).get() != 0);
            case STRING -> new AmfValue.Text(text(u16()));
            case LONG_STRING, XML -> new AmfValue.Text(text(u32()));
            case NULL -> AmfValue.NULL;
            case UNDEFINED, UNSUPPORTED -> new AmfValue.Nothing(true);
            case DATE -> {
                double epochMs = take(8).getDouble();
                take(2); // time zone: to be ignored
                yield new AmfValue.Date(epochMs);
            }
            case OBJECT -> new AmfValue.Fields(fields(depth, false), false);
            case TYPED_OBJECT -> {
                take(u16()); // the name of its class
                yield new AmfValue.Fields(fields(depth, false), false);
            }
            case ECMA_ARRAY -> {
                take(4); // how many fields: a hint that is often wrong
                yield new AmfValue.Fields(fields(depth, true), true);
            }
            case STRICT_ARRAY -> items(depth);
            default -> throw new MalformedFlvException("AMF0 marker " + marker);
        };
    }

    private AmfValue items(int depth) throws MalformedFlvException {
        int count = u32();
        if (count < 0 || count > in.remaining()) { // each takes a byte at least
            throw new MalformedFlvException("an AMF0 array longer than its message");
        }
        List<AmfValue> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(value(depth + 1));
        }
        return new AmfValue.Items(items);
    }

    /// @param mayEndOpen cameras leave the end marker of the last ECMA array out
    private Map<String, AmfValue> fields(int depth, boolean mayEndOpen)
            throws MalformedFlvException {
        var fields = new LinkedHashMap<String, AmfValue>();
        while (!(mayEndOpen && !in.hasRemaining())) {
            String name = text(u16());
            if (name.isEmpty() && in.hasRemaining() && in.get(in.position()) == OBJECT_END) {
                take(1);
                break;
            }
            fields.put(name, value(depth + 1));
        }
        return fields;
    }

    private int u16() throws MalformedFlvException {
        return take(2).getShort() & 0xffff;
    }

    private int u32() throws MalformedFlvException {
        return take(4).getInt();
    }

    private String text(int length) throws MalformedFlvException {
        return UTF_8.decode(take(length)).toString();
    }

    private ByteBuffer take(int length) throws MalformedFlvException {
        if (length < 0 || length > in.remaining()) {
            throw new MalformedFlvException("AMF0 cut short");
        }
        ByteBuffer taken = in.slice(in.position(), length);
        in.position(in.position() + length);
        return taken;
    }

    private static void write(DataOutputStream out, AmfValue value) throws IOException {
        switch (value) {
            case AmfValue.Number(double number) -> {
                out.writeByte(NUMBER);
                out.writeDouble(number);
            }
            case AmfValue.Flag(boolean flag) -> {
                out.writeByte(BOOLEAN);
                out.writeBoolean(flag);
            }
            case AmfValue.Text(String text) -> {
                byte[] bytes = text.getBytes(UTF_8);
                if (bytes.length <= 0xffff) {
                    out.writeByte(STRING);
                    out.writeShort(bytes.length);
                } else {
                    out.writeByte(LONG_STRING);
                    out.writeInt(bytes.length);
                }
                out.write(bytes);
            }
            case AmfValue.Nothing(boolean undefined) -> out.writeByte(undefined ? UNDEFINED : NULL);
            case AmfValue.Date(double epochMs) -> {
                out.writeByte(DATE);
                out.writeDouble(epochMs);
                out.writeShort(0);
            }
            case AmfValue.Items(List<AmfValue> items) -> {
                out.writeByte(STRICT_ARRAY);
                out.writeInt(items.size());
                for (AmfValue item : items) {
                    write(out, item);
                }
            }
            case AmfValue.Fields(Map<String, AmfValue> fields, boolean array) -> {
                out.writeByte(array ? ECMA_ARRAY : OBJECT);
                if (array) {
                    out.writeInt(fields.size());
                }
                for (var field : fields.entrySet()) {
                    byte[] name = field.getKey().getBytes(UTF_8);
                    int length = Math.min(name.length, 0xffff);
                    out.writeShort(length);
                    out.write(name, 0, length);
                    write(out, field.getValue());
                }
                out.writeShort(0);
                out.writeByte(OBJECT_END);
            }
        }
    }
}
