package id.pantau.vision.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A model that is loaded once and run by several threads at a time, each alone on its core: for
/// networks this small that is faster than one run on all cores. Thread-safe; whoever loaded it
/// closes it after the last [Detector].
public final class DetectionModel implements AutoCloseable {
    private final ModelDescriptor descriptor;
    private final OrtSession session;
    private final String input;

    private DetectionModel(ModelDescriptor descriptor, OrtSession session, String input) {
        this.descriptor = descriptor;
        this.session = session;
        this.input = input;
    }

    /// @throws ModelException when the file is no model, is cut short, or wants something else than
    ///   one picture
    public static DetectionModel load(Path file, ModelDescriptor descriptor) throws ModelException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException("%s is not there, or no file".formatted(file));
        }
        try {
            return of(descriptor, Accelerator.open(file.toString(), Accelerator.available()));
        } catch (OrtException e) {
            throw ModelException.unreadable(file, e);
        }
    }

    private static DetectionModel of(ModelDescriptor wanted, OrtSession session)
            throws ModelException, OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        NodeInfo only = inputs.values().iterator().next();
        if (inputs.size() != 1
                || !(only.getInfo() instanceof TensorInfo info)
                || info.getShape().length != 4
                || info.getShape()[1] != 3) {
            session.close();
            throw new ModelException(
                    "the model takes %s, not one picture [1, 3, height, width]"
                            .formatted(inputs.values()));
        }
        long[] shape = info.getShape();
        int height = shape[2] > 0 ? Math.toIntExact(shape[2]) : wanted.heightPx();
        int width = shape[3] > 0 ? Math.toIntExact(shape[3]) : wanted.widthPx();
        if (info.type != OnnxJavaType.FLOAT) {
            session.close();
            throw new ModelException(
                    "the model takes pictures of type %s, not of 32-bit floats"
                            .formatted(info.type));
        }
        return new DetectionModel(wanted.input(width, height), session, only.getName());
    }

    /// With the size of input that the file fixes.
    public ModelDescriptor descriptor() {
        return descriptor;
    }

    OrtSession session() {
        return session;
    }

    String input() {
        return input;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("closing a model", e);
        }
    }
}
