package id.pantau.vision.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import id.pantau.vision.Detection;
import id.pantau.vision.Frame;
import id.pantau.vision.LookWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One caller of a model, with an input of its own that is filled again and again. Confined to the
/// thread that made it; does not close the model.
public final class Detector implements AutoCloseable {
    /// Of two boxes of one group of classes.
    private static final double MOST_IOU = 0.45;

    private final DetectionModel model;
    private final ModelDescriptor descriptor;
    private final Letterbox letterbox;
    private final ModelOutput.Input grid;
    private final FloatBuffer values;
    private final OnnxTensor input;

    public Detector(DetectionModel model) throws ModelException {
        this.model = model;
        this.descriptor = model.descriptor();
        int width = descriptor.widthPx();
        int height = descriptor.heightPx();
        this.grid = new ModelOutput.Input(width, height, descriptor.strides());
        this.letterbox =
                new Letterbox(width, height, descriptor.normalization(), descriptor.letterbox());
        this.values =
                ByteBuffer.allocateDirect(3 * width * height * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        try {
            this.input =
                    OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            values,
                            new long[] {1, 3, height, width});
        } catch (OrtException e) {
            throw new ModelException("no input can be made: " + e.getMessage(), e);
        }
    }

    public ModelDescriptor descriptor() {
        return descriptor;
    }

    /// At the whole frame.
    ///
    /// @param classes labels to look for; empty: all
    /// @return boxes in fractions of the frame, best first
    /// @throws ModelException when the model fails, or its answer is not its family's
    public List<Detection> detect(Frame frame, Set<String> classes, double leastScore)
            throws ModelException {
        return detect(frame, LookWindow.whole(frame), classes, leastScore);
    }

    /// @param part of the frame that is looked at; what goes on behind its edges is cut off
    /// @param classes labels to look for; empty: all
    /// @return boxes in fractions of the frame, best first
    /// @throws ModelException when the model fails, or its answer is not its family's
    public List<Detection> detect(
            Frame frame, LookWindow part, Set<String> classes, double leastScore)
            throws ModelException {
        letterbox.fill(frame, part, values);
        var candidates = new Candidates(descriptor.labels(), classes, leastScore);
        try (OrtSession.Result result = model.session().run(Map.of(model.input(), input))) {
            descriptor.family().output().read(tensors(result), grid, candidates);
        } catch (OrtException e) {
            throw new ModelException("the model fails: " + e.getMessage(), e);
        }
        return candidates.best(MOST_IOU).stream()
                .map(one -> new Detection(letterbox.toFrame(one.box()), one.label(), one.score()))
                .toList();
    }

    private static List<ModelOutput.Tensor> tensors(OrtSession.Result result)
            throws ModelException {
        var tensors = new ArrayList<ModelOutput.Tensor>();
        for (Map.Entry<String, OnnxValue> output : result) {
            if (!(output.getValue() instanceof OnnxTensor tensor)
                    || !(tensor.getInfo() instanceof TensorInfo info)) {
                throw new ModelException("the model answers with something else than tensors");
            }
            FloatBuffer floats = tensor.getFloatBuffer();
            if (floats != null) { // whole numbers, such as a count of boxes, are read by no family
                tensors.add(new ModelOutput.Tensor(output.getKey(), info.getShape(), floats));
            }
        }
        if (tensors.isEmpty()) {
            throw new ModelException("the model answers with no tensor of floats");
        }
        return tensors;
    }

    @Override
    public void close() {
        input.close();
    }
}
