package id.pantau.vision.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes ONNX files (onnx.proto, in Protocol Buffers' wire format) of models that always give the
/// same answer, whatever they are shown.
public final class TinyModel {
    private static final int FLOAT = 1;

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private int outputs;

    /// @param input shape of the only input
    public TinyModel(long... input) {
        bytes(graph, 11, value("images", input));
    }

    public TinyModel output(String name, float[] values, long... shape) {
        String constant = "constant" + outputs++;
        bytes(graph, 5, tensor(constant, values, shape));
        bytes(graph, 12, value(name, shape));
        var node = new ByteArrayOutputStream();
        bytes(node, 1, constant.getBytes(UTF_8));
        bytes(node, 2, name.getBytes(UTF_8));
        bytes(node, 4, "Identity".getBytes(UTF_8));
        bytes(graph, 1, node.toByteArray());
        return this;
    }

    public TinyModel says(String key, String text) {
        var entry = new ByteArrayOutputStream();
        bytes(entry, 1, key.getBytes(UTF_8));
        bytes(entry, 2, text.getBytes(UTF_8));
        bytes(metadata, 14, entry.toByteArray());
        return this;
    }

    public Path write(Path file) throws IOException {
        var model = new ByteArrayOutputStream();
        number(model, 1, 8); // version of the format
        bytes(graph, 2, "tiny".getBytes(UTF_8));
        bytes(model, 7, graph.toByteArray());
        var operators = new ByteArrayOutputStream();
        number(operators, 2, 13);
        bytes(model, 8, operators.toByteArray());
        model.writeBytes(metadata.toByteArray());
        return Files.write(file, model.toByteArray());
    }

    private static byte[] value(String name, long... shape) {
        var dimensions = new ByteArrayOutputStream();
        for (long size : shape) {
            var dimension = new ByteArrayOutputStream();
            if (size > 0) {
                number(dimension, 1, size);
            } else {
                bytes(dimension, 2, "any".getBytes(UTF_8));
            }
            bytes(dimensions, 1, dimension.toByteArray());
        }
        var tensor = new ByteArrayOutputStream();
        number(tensor, 1, FLOAT);
        bytes(tensor, 2, dimensions.toByteArray());
        var type = new ByteArrayOutputStream();
        bytes(type, 1, tensor.toByteArray());
        var value = new ByteArrayOutputStream();
        bytes(value, 1, name.getBytes(UTF_8));
        bytes(value, 2, type.toByteArray());
        return value.toByteArray();
    }

    private static byte[] tensor(String name, float[] values, long... shape) {
        var tensor = new ByteArrayOutputStream();
        for (long size : shape) {
            number(tensor, 1, size);
        }
        number(tensor, 2, FLOAT);
        bytes(tensor, 8, name.getBytes(UTF_8));
        ByteBuffer raw =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        bytes(tensor, 9, raw.array());
        return tensor.toByteArray();
    }

    private static void number(ByteArrayOutputStream to, int field, long value) {
        variable(to, (long) field << 3);
        variable(to, value);
    }

    private static void bytes(ByteArrayOutputStream to, int field, byte[] value) {
        variable(to, (long) field << 3 | 2);
        variable(to, value.length);
        to.writeBytes(value);
    }

    private static void variable(ByteArrayOutputStream to, long value) {
        long rest = value;
        while (rest >= 0x80) {
            to.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }
}
