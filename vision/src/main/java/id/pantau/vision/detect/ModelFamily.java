package id.pantau.vision.detect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How detectors write down what they have found.
public enum ModelFamily {
    YOLOX(new YoloxOutput(), Normalization.PLAIN, Letterbox.Fit.TOP_LEFT, 8, 16, 32),
    YOLOV5(new Yolov5Output(), Normalization.UNIT, Letterbox.Fit.CENTRE),
    /// YOLO11, too.
    YOLOV8(new Yolov8Output(), Normalization.UNIT, Letterbox.Fit.CENTRE),
    NANODET(new NanoDetOutput(), Normalization.IMAGENET, Letterbox.Fit.TOP_LEFT, 8, 16, 32),
    NANODET_PLUS(
            new NanoDetPlusOutput(), Normalization.IMAGENET, Letterbox.Fit.TOP_LEFT, 8, 16, 32, 64),
    /// With the boxes already decoded.
    SSD(new SsdOutput(), Normalization.SYMMETRIC, Letterbox.Fit.STRETCH),
    ULTRAFACE(new SsdOutput(), Normalization.SYMMETRIC, Letterbox.Fit.STRETCH),
    YUNET(new YuNetOutput(), Normalization.PLAIN, Letterbox.Fit.TOP_LEFT, 8, 16, 32),
    LPD_YUNET(new LpdYuNetOutput(), Normalization.PLAIN, Letterbox.Fit.STRETCH, 8, 16, 32, 64);

    private final ModelOutput output;
    private final Normalization normalization;
    private final Letterbox.Fit letterbox;
    private final List<Integer> strides;

    ModelFamily(
            ModelOutput output,
            Normalization normalization,
            Letterbox.Fit letterbox,
            Integer... strides) {
        this.output = output;
        this.normalization = normalization;
        this.letterbox = letterbox;
        this.strides = List.of(strides);
    }

    /// How its models are usually fed.
    Normalization normalization() {
        return normalization;
    }

    Letterbox.Fit letterbox() {
        return letterbox;
    }

    /// Of its usual models: those for faces and plates know one class.
    List<String> labels() {
        return switch (this) {
            case YUNET, ULTRAFACE -> List.of("face");
            case LPD_YUNET -> List.of("plate");
            case YOLOX, YOLOV5, YOLOV8, NANODET, NANODET_PLUS, SSD -> CocoLabels.ALL;
        };
    }

    ModelOutput output() {
        return output;
    }

    /// Of its grids, where a descriptor says nothing else; empty: it has none.
    public List<Integer> strides() {
        return strides;
    }

    /// As descriptors write it, `nanodet-plus`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ModelFamily> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /// All of them, for messages.
    static String words() {
        return Arrays.stream(values()).map(ModelFamily::word).collect(Collectors.joining(", "));
    }
}
