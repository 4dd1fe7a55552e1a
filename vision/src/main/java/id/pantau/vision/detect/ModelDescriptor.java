package id.pantau.vision.detect;

import java.util.List;

/// What a model wants and how it answers.
///
/// @param id in the catalogue, `yolox-nano`
/// @param family how its output is read
/// @param widthPx of the input; what the file fixes wins
/// @param heightPx of the input
/// @param normalization of the pixels
/// @param letterbox how a frame is fitted into the input
/// @param labels of the classes, in order
public record ModelDescriptor(
        String id,
        ModelFamily family,
        int widthPx,
        int heightPx,
        Normalization normalization,
        Letterbox.Fit letterbox,
        List<String> labels) {
    public ModelDescriptor {
        labels = List.copyOf(labels);
    }

    /// The same model fed with pictures of another size, where its file leaves that open.
    public ModelDescriptor input(int nextWidthPx, int nextHeightPx) {
        return new ModelDescriptor(
                id, family, nextWidthPx, nextHeightPx, normalization, letterbox, labels);
    }
}
