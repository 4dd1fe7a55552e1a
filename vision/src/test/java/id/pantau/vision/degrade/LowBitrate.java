package id.pantau.vision.degrade;

import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.Frame;
import id.pantau.vision.decode.DecodeException;
import id.pantau.vision.decode.VideoFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A thin line: H.264 with few bits, and decoded again.
public final class LowBitrate {
    private LowBitrate() {}

    /// @param frames all of one size
    /// @param folder for the file
    public static List<Frame> encode(List<Frame> frames, int fps, int bitsPerS, Path folder)
            throws IOException, DecodeException, InterruptedException {
        Frame first = frames.getFirst();
        Path file = folder.resolve("thin-%d.mp4".formatted(bitsPerS));
        Process ffmpeg =
                FfmpegProgram.load()
                        .start(
                                List.of(
                                        "-v",
                                        "error",
                                        "-f",
                                        "rawvideo",
                                        "-pix_fmt",
                                        "yuv420p",
                                        "-s",
                                        first.widthPx() + "x" + first.heightPx(),
                                        "-r",
                                        Integer.toString(fps),
                                        "-i",
                                        "-",
                                        "-c:v",
                                        "libopenh264",
                                        "-rc_mode",
                                        "bitrate",
                                        "-b:v",
                                        Integer.toString(bitsPerS),
                                        "-g",
                                        Integer.toString(4 * fps),
                                        file.toString()));
        try (OutputStream pictures = ffmpeg.getOutputStream()) {
            for (Frame frame : frames) {
                pictures.write(frame.luma());
                pictures.write(frame.blue());
                pictures.write(frame.red());
            }
        }
        String said = FfmpegProgram.tailOf(ffmpeg);
        if (ffmpeg.waitFor() != 0) {
            throw new IOException("ffmpeg failed: " + said);
        }
        var thin = new ArrayList<Frame>();
        try (VideoFile video = VideoFile.open(file)) {
            for (VideoFile.TimedFrame next; (next = video.next()) != null; ) {
                thin.add(Degradation.copy(next.frame()));
            }
        }
        return thin;
    }
}
