package id.pantau.vision.degrade;

import id.pantau.vision.Frame;

/// Makes a picture worse. The one that is given stays as it is.
@FunctionalInterface
public interface Degradation {
    /// @param number of the picture, from 0; the same number gives the same picture
    Frame degrade(Frame frame, int number);

    default Degradation then(Degradation next) {
        return (frame, number) -> next.degrade(degrade(frame, number), number);
    }

    static Frame copy(Frame frame) {
        var copy = new Frame(frame.widthPx(), frame.heightPx(), frame.fullRange());
        System.arraycopy(frame.luma(), 0, copy.luma(), 0, copy.luma().length);
        System.arraycopy(frame.blue(), 0, copy.blue(), 0, copy.blue().length);
        System.arraycopy(frame.red(), 0, copy.red(), 0, copy.red().length);
        return copy;
    }

    static byte luma(double value) {
        return (byte) Math.clamp(Math.round(value), 16, 235);
    }
}
