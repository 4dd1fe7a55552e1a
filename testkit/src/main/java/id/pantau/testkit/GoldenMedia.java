package id.pantau.testkit;

import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Small clips of every kind the product carries, 6 s long where their name says nothing else. Most
/// are made by [FfmpegProgram] once per build and shared by all modules and processes. What its
/// encoders cannot make is kept as a resource: pictures out of order and H.265, both drawn by
/// ffmpeg's own sources (320x180, 15 fps, key frame every 2 s) and encoded with x264 and x265.
public enum GoldenMedia {
    /// 640x360 at 15 fps, key frame every 2 s; AAC-LC 16 kHz mono.
    H264_AAC("mp4", 6, video(640, 360, 15, 30), audio("aac", 16_000, 1)),
    /// The same without sound.
    H264("mp4", 6, video(640, 360, 15, 30), List.of()),
    /// Another size than [#H264], for changes in mid-stream.
    H264_LARGE("mp4", 6, video(1280, 720, 15, 30), List.of()),
    /// 320x180 at 10 fps, key frame every second: for many cameras at once.
    H264_SMALL("mp4", 6, video(320, 180, 10, 10), List.of()),
    /// Key frames 20 s apart, as "smart" codecs do it; 40 s, 10 fps.
    H264_LONG_GOP("mp4", 40, video(320, 180, 10, 200), List.of()),
    /// Pictures are stored in another order than shown.
    H264_B_FRAMES("h264-b-frames.mp4"),
    /// Main profile, pictures out of order.
    H265_B_FRAMES("h265-b-frames.mp4"),
    /// G.711 µ-law at 8 kHz, in a QuickTime file: MP4 knows none.
    H264_PCMU("mov", 6, video(320, 180, 10, 20), audio("pcm_mulaw", 8000, 1)),
    /// G.711 A-law at 8 kHz, in a QuickTime file.
    H264_PCMA("mov", 6, video(320, 180, 10, 20), audio("pcm_alaw", 8000, 1)),
    /// Opus at 48 kHz stereo.
    H264_OPUS("mp4", 6, video(320, 180, 10, 20), audio("libopus", 48_000, 2)),
    /// AAC-LC 44.1 kHz stereo, whose frames do not fit the 90 kHz clock.
    H264_AAC_44K("mp4", 6, video(320, 180, 10, 20), audio("aac", 44_100, 2)),
    /// Sound alone.
    AAC_ONLY("mp4", 6, List.of(), audio("aac", 16_000, 1));

    /// Raise when the recipe changes: older files are then made again.
    private static final int RECIPE = 1;

    private final String extension;
    private final String resource;
    private final int seconds;
    private final List<String> video;
    private final List<String> audio;
    private final ReentrantLock lock = new ReentrantLock();

    GoldenMedia(String extension, int seconds, List<String> video, List<String> audio) {
        this.extension = extension;
        this.resource = "";
        this.seconds = seconds;
        this.video = video;
        this.audio = audio;
    }

    GoldenMedia(String resource) {
        this.extension = "mp4";
        this.resource = resource;
        this.seconds = 6;
        this.video = List.of();
        this.audio = List.of();
    }

    private static List<String> video(int widthPx, int heightPx, int fps, int gop) {
        String picture = "testsrc2=size=%dx%d:rate=%d".formatted(widthPx, heightPx, fps);
        return List.of(
                "-f",
                "lavfi",
                "-i",
                picture,
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p",
                "-b:v",
                Integer.toString(widthPx * heightPx * fps / 10),
                "-allow_skip_frames",
                "0",
                "-g",
                Integer.toString(gop));
    }

    private static List<String> audio(String codec, int sampleRateHz, int channels) {
        String tone = "sine=frequency=440:sample_rate=" + sampleRateHz;
        return List.of(
                "-f",
                "lavfi",
                "-i",
                tone,
                "-c:a",
                codec,
                "-ac",
                Integer.toString(channels),
                "-ar",
                Integer.toString(sampleRateHz));
    }

    public Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    /// Where the clip lies; made now when it is not there yet.
    ///
    /// @return a file nobody may change
    public Path path() {
        Path folder = folder();
        Path clip = folder.resolve("%s-%d.%s".formatted(name(), RECIPE, extension));
        if (Files.exists(clip)) {
            return clip;
        }
        lock.lock(); // file locks do not keep threads of one process apart
        try {
            Files.createDirectories(folder);
            make(clip);
            return clip;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making " + name(), e);
        } finally {
            lock.unlock();
        }
    }

    private static Path folder() {
        String root = System.getProperty("pantau.root");
        return root == null
                ? Path.of(System.getProperty("java.io.tmpdir"), "pantau-golden-media")
                : Path.of(root, "testkit", "target", "golden-media");
    }

    private void make(Path clip) throws IOException, InterruptedException {
        Path lockFile = clip.resolveSibling(name() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (Files.exists(clip)) {
                return; // another process was faster
            }
            Path part = clip.resolveSibling(name() + ".part." + extension);
            if (resource.isEmpty()) {
                FfmpegProgram.load().require(arguments(part), Duration.ofMinutes(2));
            } else {
                copyResource(part);
            }
            Files.move(part, clip, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void copyResource(Path target) throws IOException {
        try (InputStream in = GoldenMedia.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no resource " + resource);
            }
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Inputs first, then encoders, as ffmpeg wants it.
    private List<String> arguments(Path target) {
        var inputs = new ArrayList<String>();
        var outputs = new ArrayList<String>();
        for (List<String> track : List.of(video, audio)) {
            if (!track.isEmpty()) {
                inputs.addAll(track.subList(0, 4));
                outputs.addAll(track.subList(4, track.size()));
            }
        }
        var arguments = new ArrayList<>(List.of("-loglevel", "error"));
        arguments.addAll(inputs);
        arguments.addAll(outputs);
        arguments.addAll(List.of("-t", Integer.toString(seconds), "-movflags", "+faststart"));
        arguments.add(target.toString());
        return arguments;
    }
}
