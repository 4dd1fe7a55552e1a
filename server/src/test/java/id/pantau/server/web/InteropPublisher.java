package id.pantau.server.web;

import id.pantau.testkit.BrowserScript;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Programs that are not ours and push a stream to us, each with another codec for its sound.
enum InteropPublisher {
    FFMPEG_RTMP(GoldenMedia.H264_AAC, 640, 360),
    FFMPEG_RTSP(GoldenMedia.H264_PCMU, 320, 180),
    GSTREAMER_RTMP(GoldenMedia.H264_AAC_44K, 320, 180),
    /// What Chromium sends of its simulated camera: H.264 and Opus.
    BROWSER_WHIP(null, 0, 0);

    /// In the file GStreamer plays once, as it has no loop: longer than the test.
    private static final int REPEATS = 20;

    private final @Nullable GoldenMedia clip;
    private final int widthPx;
    private final int heightPx;

    InteropPublisher(@Nullable GoldenMedia clip, int widthPx, int heightPx) {
        this.clip = clip;
        this.widthPx = widthPx;
        this.heightPx = heightPx;
    }

    /// What it sends, when that is known.
    Optional<DecodedPictures> pictures(Path folder) throws IOException, InterruptedException {
        return clip == null
                ? Optional.empty()
                : Optional.of(DecodedPictures.of(clip.path(), widthPx, heightPx, folder));
    }

    /// WebRTC knows no AAC, and nothing is transcoded.
    boolean isHeardOverWebRtc() {
        return this == FFMPEG_RTSP || this == BROWSER_WHIP;
    }

    Optional<String> missing() {
        return switch (this) {
            case FFMPEG_RTMP, FFMPEG_RTSP -> Optional.empty();
            case GSTREAMER_RTMP -> InteropPlayer.GSTREAMER_RTSP_TCP.missing();
            case BROWSER_WHIP -> BrowserScript.missing();
        };
    }

    /// Publishes until it is destroyed. Its error output joins its output.
    Process start(InteropDoor door, Path folder) throws IOException, InterruptedException {
        return switch (this) {
            case FFMPEG_RTMP -> ffmpeg("flv", door.rtmpIn());
            case FFMPEG_RTSP -> ffmpeg("rtsp", door.rtspIn());
            case GSTREAMER_RTMP -> gstreamer(door.rtmpIn(), folder);
            case BROWSER_WHIP ->
                    BrowserScript.start(
                            "players.mjs", "publish", door.http(), door.camera(), door.key());
        };
    }

    private Path file() {
        return Objects.requireNonNull(clip).path();
    }

    private Process ffmpeg(String format, String url) throws IOException {
        return FfmpegProgram.load()
                .start(
                        List.of(
                                "-nostdin",
                                "-v",
                                "warning",
                                "-re",
                                "-stream_loop",
                                "-1",
                                "-i",
                                file().toString(),
                                "-c",
                                "copy",
                                "-f",
                                format,
                                url));
    }

    private Process gstreamer(String url, Path folder) throws IOException, InterruptedException {
        Path longClip = folder.resolve(name() + ".mp4");
        FfmpegProgram.load()
                .require(
                        List.of(
                                "-v",
                                "error",
                                "-stream_loop",
                                Integer.toString(REPEATS),
                                "-i",
                                file().toString(),
                                "-c",
                                "copy",
                                longClip.toString()),
                        Duration.ofSeconds(30));
        return new ProcessBuilder(
                        ("gst-launch-1.0 -q filesrc location=%s ! qtdemux name=d"
                                        + " flvmux name=m streamable=true ! rtmp2sink location=%s"
                                        + " d.video_0 ! queue ! h264parse ! identity sync=true ! m."
                                        + " d.audio_0 ! queue ! aacparse ! identity sync=true ! m.")
                                .formatted(longClip, url)
                                .split(" "))
                .redirectErrorStream(true)
                .start();
    }
}
