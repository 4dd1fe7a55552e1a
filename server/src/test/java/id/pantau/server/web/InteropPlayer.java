package id.pantau.server.web;

import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Programs that are not ours and play a stream of ours; each decodes pictures and sound into
/// files.
enum InteropPlayer {
    FFMPEG_RTSP_TCP,
    FFMPEG_RTSP_UDP,
    GSTREAMER_RTSP_TCP,
    GSTREAMER_RTSP_UDP,
    FFMPEG_RTMP,
    FFMPEG_HTTP_FLV;

    static final int PICTURES = 30;

    /// Longer than the pictures: over TCP `rtspsrc` ends with the first stream that has enough.
    private static final int SOUND_BUFFERS_OF_20_MS = 400;

    private static final int SOUND_S = 2;
    private static final int PATIENCE_S = 60;
    private static final int LAST_WORDS = 60;

    /// @param pictures planar 4:2:0, one after the other
    /// @param sound 16-bit samples, little endian
    /// @param said its complaints
    record Played(Path pictures, Path sound, String said) {}

    Optional<String> missing() {
        boolean gstreamer = this == GSTREAMER_RTSP_TCP || this == GSTREAMER_RTSP_UDP;
        return gstreamer && !Files.isExecutable(Path.of("/usr/bin/gst-launch-1.0"))
                ? Optional.of(
                        "no GStreamer on this machine: apt-get install gstreamer1.0-tools"
                                + " gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"
                                + " gstreamer1.0-libav")
                : Optional.empty();
    }

    /// Plays until there is enough.
    Played play(InteropDoor door, Path folder) throws IOException, InterruptedException {
        Path pictures = folder.resolve(name() + ".yuv");
        Path sound = folder.resolve(name() + ".pcm");
        Process process =
                switch (this) {
                    case FFMPEG_RTSP_TCP ->
                            ffmpeg(
                                    List.of("-rtsp_transport", "tcp"),
                                    door.rtspOut(),
                                    pictures,
                                    sound);
                    case FFMPEG_RTSP_UDP ->
                            ffmpeg(
                                    List.of("-rtsp_transport", "udp", "-buffer_size", "2000000"),
                                    door.rtspOut(),
                                    pictures,
                                    sound);
                    case GSTREAMER_RTSP_TCP ->
                            gstreamer("tcp", door.rtspOut(), pictures, sound, diary(folder));
                    case GSTREAMER_RTSP_UDP ->
                            gstreamer("udp", door.rtspOut(), pictures, sound, diary(folder));
                    case FFMPEG_RTMP -> ffmpeg(List.of(), door.rtmpOut(), pictures, sound);
                    case FFMPEG_HTTP_FLV -> ffmpeg(List.of(), door.flvOut(), pictures, sound);
                };
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Played(
                        pictures,
                        sound,
                        "not done in %d s: ".formatted(PATIENCE_S)
                                + said(process)
                                + lastWords(diary(folder)));
            }
            return new Played(pictures, sound, said(process));
        } finally {
            process.destroyForcibly();
        }
    }

    /// What GStreamer does meanwhile: it says nothing of a stream that it waits for.
    private static Path diary(Path folder) {
        return folder.resolve("gstreamer.log");
    }

    private static String lastWords(Path diary) throws IOException {
        if (!Files.exists(diary)) {
            return "";
        }
        List<String> lines = Files.readAllLines(diary);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    private static String said(Process process) {
        return FfmpegProgram.tailOf(process);
    }

    private static Process ffmpeg(List<String> input, String url, Path pictures, Path sound)
            throws IOException {
        var arguments = new java.util.ArrayList<>(List.of("-nostdin", "-v", "error"));
        arguments.addAll(input);
        arguments.addAll(List.of("-i", url, "-map", "0:v:0", "-frames:v", "" + PICTURES));
        arguments.addAll(List.of("-fps_mode", "passthrough", "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-f", "rawvideo", pictures.toString()));
        arguments.addAll(List.of("-map", "0:a:0", "-t", "" + SOUND_S, "-f", "s16le"));
        arguments.add(sound.toString());
        return FfmpegProgram.load().start(arguments);
    }

    private static Process gstreamer(
            String transport, String url, Path pictures, Path sound, Path diary)
            throws IOException {
        var builder =
                new ProcessBuilder(
                        ("gst-launch-1.0 -q rtspsrc name=s location=%s protocols=%s latency=500"
                                        + " s. ! application/x-rtp,media=video ! decodebin"
                                        + " ! videoconvert ! video/x-raw,format=I420"
                                        + " ! identity eos-after=%d ! filesink location=%s"
                                        + " s. ! application/x-rtp,media=audio ! decodebin"
                                        + " ! audioconvert ! audio/x-raw,format=S16LE"
                                        + " ! audiobuffersplit output-buffer-duration=1/50"
                                        + " ! identity eos-after=%d ! filesink location=%s")
                                .formatted(
                                        url,
                                        transport,
                                        PICTURES + 1,
                                        pictures,
                                        SOUND_BUFFERS_OF_20_MS,
                                        sound)
                                .split(" "));
        builder.environment().put("GST_DEBUG", "rtspsrc:5,rtspconnection:5");
        builder.environment().put("GST_DEBUG_FILE", diary.toString());
        return builder.redirectErrorStream(true).start();
    }
}
