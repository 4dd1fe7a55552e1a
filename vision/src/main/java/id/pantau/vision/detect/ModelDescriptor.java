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
/// @param strides of its grids in pixels of the input, finest first
/// @param licence by its SPDX identifier; empty when nobody has said
public record ModelDescriptor(
        String id,
        ModelFamily family,
        int widthPx,
        int heightPx,
        Normalization normalization,
        Letterbox.Fit letterbox,
        List<String> labels,
        List<Integer> strides,
        String licence) {
    public ModelDescriptor {
        labels = List.copyOf(labels);
        strides = List.copyOf(strides);
    }

    /// With its family's strides, and nothing said of a licence.
    public ModelDescriptor(
            String id,
            ModelFamily family,
            int widthPx,
            int heightPx,
            Normalization normalization,
            Letterbox.Fit letterbox,
            List<String> labels) {
        this(id, family, widthPx, heightPx, normalization, letterbox, labels, family.strides(), "");
    }

    /// Of a usual model of its family.
    static ModelDescriptor usual(
            String id, ModelFamily family, int widthPx, int heightPx, String licence) {
        return new ModelDescriptor(
                id,
                family,
                widthPx,
                heightPx,
                family.normalization(),
                family.letterbox(),
                family.labels(),
                family.strides(),
                licence);
    }

    /// What it is good for.
    public ModelPurpose purpose() {
        return ModelPurpose.of(labels);
    }

    /// The same model fed with pictures of another size, where its file leaves that open.
    public ModelDescriptor input(int nextWidthPx, int nextHeightPx) {
        return new ModelDescriptor(
                id,
                family,
                nextWidthPx,
                nextHeightPx,
                normalization,
                letterbox,
                labels,
                strides,
                licence);
    }
}
