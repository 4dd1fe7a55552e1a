package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import id.pantau.vision.scene.StreetScene;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/// The demo's rendered street as frames.
public final class Street {
    private Street() {}

    /// @param count pictures spread over one loop of it
    public static List<Frame> frames(int widthPx, int heightPx, int count) {
        var scene = new StreetScene(1);
        var image = new BufferedImage(1280, 720, BufferedImage.TYPE_3BYTE_BGR);
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < count; i++) {
            scene.paint(image, (double) i / count);
            frames.add(frame(image, widthPx, heightPx));
        }
        return frames;
    }

    /// By ITU-R BT.601, nearest pixels.
    private static Frame frame(BufferedImage image, int widthPx, int heightPx) {
        var frame = new Frame(widthPx, heightPx, false);
        for (int y = 0; y < heightPx; y++) {
            for (int x = 0; x < widthPx; x++) {
                int rgb =
                        image.getRGB(
                                x * image.getWidth() / widthPx, y * image.getHeight() / heightPx);
                int red = rgb >> 16 & 0xff;
                int green = rgb >> 8 & 0xff;
                int blue = rgb & 0xff;
                frame.luma()[y * widthPx + x] =
                        (byte) (16 + (66 * red + 129 * green + 25 * blue >> 8));
                if (x % 2 == 0 && y % 2 == 0) {
                    int at = y / 2 * frame.chromaWidthPx() + x / 2;
                    frame.blue()[at] = (byte) (128 + (-38 * red - 74 * green + 112 * blue >> 8));
                    frame.red()[at] = (byte) (128 + (112 * red - 94 * green - 18 * blue >> 8));
                }
            }
        }
        return frame;
    }
}
