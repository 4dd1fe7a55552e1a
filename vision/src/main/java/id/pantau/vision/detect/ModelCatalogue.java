package id.pantau.vision.detect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The models that are known by the names of their files, the best choice first.
public final class ModelCatalogue {
    /// A model that lies on this machine.
    public record Found(Path file, ModelDescriptor descriptor) {}

    private record Known(String file, ModelDescriptor descriptor) {}

    private static final List<Known> KNOWN =
            List.of(
                    new Known("yolox_nano_dyn.onnx", yolox("yolox-nano-wide", 640, 384)),
                    new Known("yolox_nano.onnx", yolox("yolox-nano", 416, 416)),
                    new Known("nanodet_plus_m_w8.onnx", nanoDetPlus("nanodet-plus-m")),
                    new Known("nanodet_plus_m_15x_w8.onnx", nanoDetPlus("nanodet-plus-m-1.5x")));

    private ModelCatalogue() {}

    private static ModelDescriptor yolox(String id, int widthPx, int heightPx) {
        return new ModelDescriptor(
                id,
                ModelFamily.YOLOX,
                widthPx,
                heightPx,
                Normalization.PLAIN,
                Letterbox.Fit.TOP_LEFT,
                CocoLabels.ALL);
    }

    private static ModelDescriptor nanoDetPlus(String id) {
        return new ModelDescriptor(
                id,
                ModelFamily.NANODET_PLUS,
                640,
                384,
                Normalization.IMAGENET,
                Letterbox.Fit.TOP_LEFT,
                CocoLabels.ALL);
    }

    /// @param folders earlier ones win; those that do not exist are passed over
    /// @return the best model of the first folder that has one
    public static Optional<Found> find(List<Path> folders) {
        for (Path folder : folders) {
            for (Known known : KNOWN) {
                Path file = folder.resolve(known.file());
                if (Files.isRegularFile(file)) {
                    return Optional.of(new Found(file, known.descriptor()));
                }
            }
        }
        return Optional.empty();
    }

    /// @return empty when no model of that file name is known
    public static Optional<ModelDescriptor> describe(Path file) {
        String name = String.valueOf(file.getFileName());
        return KNOWN.stream()
                .filter(known -> known.file().equals(name))
                .map(Known::descriptor)
                .findFirst();
    }
}
