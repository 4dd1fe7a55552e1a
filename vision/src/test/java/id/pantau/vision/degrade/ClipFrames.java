package id.pantau.vision.degrade;

import id.pantau.vision.Frame;
import id.pantau.vision.decode.DecodeException;
import id.pantau.vision.decode.VideoFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Some pictures of a video file, kept.
public final class ClipFrames {
    private ClipFrames() {}

    /// @param every so many frames one is taken
    public static List<Frame> of(Path file, int every, int most) throws DecodeException {
        var frames = new ArrayList<Frame>();
        try (VideoFile video = VideoFile.open(file)) {
            for (VideoFile.TimedFrame next;
                    frames.size() < most && (next = video.next()) != null; ) {
                if (next.index() % every == 0) {
                    frames.add(Degradation.copy(next.frame()));
                }
            }
        }
        return frames;
    }
}
