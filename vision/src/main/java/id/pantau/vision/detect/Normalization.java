package id.pantau.vision.detect;

/// How pixels (0..255) are given to a model: `(value - mean) / deviation` in each channel, blue
/// first or red first. Means and deviations stand in the order blue, green, red.
///
/// @param redFirst RGB and not BGR
public record Normalization(
        boolean redFirst,
        float meanBlue,
        float meanGreen,
        float meanRed,
        float deviationBlue,
        float deviationGreen,
        float deviationRed) {
    /// BGR as it is (YOLOX, YuNet).
    public static final Normalization PLAIN = new Normalization(false, 0, 0, 0, 1, 1, 1);

    /// RGB, 0..1 (YOLOv5, YOLOv8).
    public static final Normalization UNIT = new Normalization(true, 0, 0, 0, 255, 255, 255);

    /// BGR by the statistics of ImageNet (NanoDet).
    public static final Normalization IMAGENET =
            new Normalization(false, 103.53f, 116.28f, 123.675f, 57.375f, 57.12f, 58.395f);

    /// RGB, -1..1 (UltraFace, SSD-MobileNet).
    public static final Normalization SYMMETRIC =
            new Normalization(true, 127, 127, 127, 128, 128, 128);
}
