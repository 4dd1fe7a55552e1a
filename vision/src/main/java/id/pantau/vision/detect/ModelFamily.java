package id.pantau.vision.detect;

/// How detectors write down what they have found.
public enum ModelFamily {
    YOLOX(new YoloxOutput()),
    YOLOV5(new Yolov5Output()),
    YOLOV8(new Yolov8Output()),
    NANODET_PLUS(new NanoDetPlusOutput());

    private final ModelOutput output;

    ModelFamily(ModelOutput output) {
        this.output = output;
    }

    ModelOutput output() {
        return output;
    }
}
