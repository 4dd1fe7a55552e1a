package id.pantau.vision.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What exports of YOLOv5, YOLOv8 and YOLO11 write into their files themselves: `names`, a Python
/// dictionary `{0: 'person', 1: 'car'}`, and `imgsz`, `[640, 640]`, height before width.
final class ModelMetadata {
    private static final Pattern NAME =
            Pattern.compile(
                    "(\\d{1,5})\\s*:\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")");
    private static final Pattern SIZE =
            Pattern.compile("\\[\\s*(\\d{2,4})\\s*,\\s*(\\d{2,4})\\s*]");
    private static final int USUAL_PX = 640;
    private static final int LONGEST_LICENCE = 100;

    private ModelMetadata() {}

    /// @return empty when the file has no names
    /// @throws ModelException when it is no model, or its output is not that of so many names
    static Optional<ModelDescriptor> describe(Path file) throws ModelException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            try (OrtSession session =
                    OrtEnvironment.getEnvironment().createSession(file.toString(), options)) {
                Map<String, String> said = session.getMetadata().getCustomMetadata();
                List<String> names = names(said.getOrDefault("names", ""));
                return names.isEmpty()
                        ? Optional.empty()
                        : Optional.of(descriptor(file, said, names, family(session, names.size())));
            }
        } catch (OrtException e) {
            throw ModelException.unreadable(file, e);
        }
    }

    /// @return empty when it is no list of names, numbered from 0 without a gap
    static List<String> names(String dictionary) {
        var names = new ArrayList<String>();
        Matcher name = NAME.matcher(dictionary);
        while (name.find()) {
            if (Integer.parseInt(name.group(1)) != names.size()) {
                return List.of();
            }
            String text = name.group(2) != null ? name.group(2) : name.group(3);
            names.add(text.replaceAll("\\\\(.)", "$1"));
        }
        return names;
    }

    private static ModelDescriptor descriptor(
            Path file, Map<String, String> said, List<String> names, ModelFamily family) {
        Matcher size = SIZE.matcher(said.getOrDefault("imgsz", ""));
        boolean sized = size.find();
        String licence = said.getOrDefault("license", "").strip();
        return new ModelDescriptor(
                DescriptorFile.stem(file),
                family,
                sized ? Integer.parseInt(size.group(2)) : USUAL_PX,
                sized ? Integer.parseInt(size.group(1)) : USUAL_PX,
                family.normalization(),
                family.letterbox(),
                names,
                family.strides(),
                licence.substring(0, Math.min(LONGEST_LICENCE, licence.length())));
    }

    private static ModelFamily family(OrtSession session, int names)
            throws OrtException, ModelException {
        var shapes = new ArrayList<String>();
        for (NodeInfo output : session.getOutputInfo().values()) {
            if (output.getInfo() instanceof TensorInfo info) {
                long[] shape = info.getShape();
                if (shape.length == 3 && shape[1] == 4 + names) {
                    return ModelFamily.YOLOV8;
                }
                if (shape.length == 3 && shape[2] == 5 + names) {
                    return ModelFamily.YOLOV5;
                }
                shapes.add(java.util.Arrays.toString(shape));
            }
        }
        throw new ModelException(
                "an output %s is of a shape nobody knows: for %d names it is [1, %d, N] (YOLOv8) or [1, N, %d] (YOLOv5)"
                        .formatted(String.join(", ", shapes), names, 4 + names, 5 + names));
    }
}
