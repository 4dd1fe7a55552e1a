package id.pantau.vision.detect;

import id.pantau.vision.Frame;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/// Whether a file is a model that can be used: it is loaded and run once on a grey picture.
public final class ModelCheck {
    private static final byte GREY = 126;

    private ModelCheck() {}

    /// @return with the size of input that the file fixes
    /// @throws ModelException saying what is wrong with it
    public static ModelDescriptor run(Path file) throws ModelException {
        ModelDescriptor descriptor =
                ModelCatalogue.describe(file).orElseThrow(() -> ModelException.unknown(file));
        try (DetectionModel model = DetectionModel.load(file, descriptor);
                Detector detector = new Detector(model)) {
            var grey = new Frame(640, 360, false);
            Arrays.fill(grey.luma(), GREY);
            Arrays.fill(grey.blue(), (byte) 128);
            Arrays.fill(grey.red(), (byte) 128);
            detector.detect(grey, Set.of(), 0.5);
            return model.descriptor();
        }
    }
}
