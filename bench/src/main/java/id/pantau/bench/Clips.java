package id.pantau.bench;

import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/// The clips the simulated cameras play: made once by FFmpeg, kept under `bench/target`.
final class Clips {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LENGTH_S = 10;
    private static final int NUMBERED_LENGTH_S = 20;

    private static final int SOUND_BITS_PER_S = 64_000;
    private static final int TINY_PICTURE_BITS_PER_S = 200_000;

    /// Pictures and sound of [#tiny()].
    static final int TINY_BITS_PER_S = TINY_PICTURE_BITS_PER_S + SOUND_BITS_PER_S;

    /// How many pictures [#numbered()] has.
    static final int NUMBERED_PICTURES = NUMBERED_LENGTH_S * 25;

    private Clips() {}

    static FfmpegProgram ffmpeg() throws IOException {
        return FfmpegProgram.load();
    }

    /// 1920x1080, 25 fps, 4 Mbit/s, key frame every 2 s, AAC.
    static Path camera1080p() throws IOException, InterruptedException {
        return make("1920x1080", 25, 4_000_000);
    }

    /// 1920x1080, 25 fps, 10 Mbit/s, for the fan-out.
    static Path camera10Mbit() throws IOException, InterruptedException {
        return make("1920x1080", 25, 10_000_000);
    }

    /// 1280x720, 25 fps, 2 Mbit/s, for relaying and for many WebRTC readers.
    static Path camera2Mbit() throws IOException, InterruptedException {
        return make("1280x720", 25, 2_000_000);
    }

    /// 640x360, 15 fps, 600 kbit/s, for runs that are about behaviour and not about load.
    static Path small() throws IOException, InterruptedException {
        return make("640x360", 15, 600_000);
    }

    /// 320x180, 10 fps, 200 kbit/s, for a disk that is to hold minutes in megabytes.
    static Path tiny() throws IOException, InterruptedException {
        return make("320x180", 10, TINY_PICTURE_BITS_PER_S);
    }

    /// 1280x720, 25 fps, 2 Mbit/s, each picture with its number in the clip drawn in.
    static Path numbered() throws IOException, InterruptedException {
        String picture = picture("1280x720", 25, NUMBERED_LENGTH_S) + "," + PictureNumbers.filter();
        return make("numbered", picture, NUMBERED_LENGTH_S, 25, 2_000_000);
    }

    private static Path make(String size, int fps, int bitsPerS)
            throws IOException, InterruptedException {
        return make(size, picture(size, fps, LENGTH_S), LENGTH_S, fps, bitsPerS);
    }

    /// Noise keeps the encoder at its bit rate; a still scene would stay far below it.
    private static String picture(String size, int fps, int lengthS) {
        return "testsrc2=size=%s:rate=%d:duration=%d,noise=alls=10:allf=t"
                .formatted(size, fps, lengthS);
    }

    /// @param picture a filter graph of FFmpeg's without inputs
    private static Path make(String name, String picture, int lengthS, int fps, int bitsPerS)
            throws IOException, InterruptedException {
        Path clip = Repository.work().resolve("%s-%d-%d.mp4".formatted(name, fps, bitsPerS));
        if (Files.exists(clip)) {
            return clip;
        }
        Path unfinished = clip.resolveSibling(clip.getFileName() + ".part.mp4");
        ffmpeg().require(
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                picture,
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=frequency=440:duration=" + lengthS,
                                "-c:v",
                                "libopenh264",
                                "-rc_mode",
                                "bitrate",
                                "-allow_skip_frames",
                                "0",
                                "-b:v",
                                Integer.toString(bitsPerS),
                                "-maxrate",
                                Integer.toString(bitsPerS),
                                "-g",
                                Integer.toString(fps * 2),
                                "-c:a",
                                "aac",
                                "-b:a",
                                Integer.toString(SOUND_BITS_PER_S),
                                "-ar",
                                "48000",
                                unfinished.toString()),
                        PATIENCE);
        return Files.move(unfinished, clip, StandardCopyOption.ATOMIC_MOVE);
    }
}
