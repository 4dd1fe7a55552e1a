package id.pantau.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.pantau.media.Codec;
import id.pantau.media.rtsp.RtspBackchannel;
import id.pantau.media.rtsp.RtspTarget;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.media.rtsp.TalkEnd;
import id.pantau.media.rtsp.TalkSound;
import id.pantau.media.rtsp.UrlPolicy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Talking to a camera that is not ours: gst-rtsp-server with an ONVIF backchannel.
@Timeout(90)
class TalkToGstreamerTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int SAMPLES = 8_000;

    @TempDir private Path scratch;

    @Test
    void aToneIsHeardByGstreamerAsThatTone() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "no /usr/bin/python3 on this machine");
        Path script = scratch.resolve("gst_loudspeaker.py");
        try (var text = getClass().getResourceAsStream("gst_loudspeaker.py")) {
            Files.copy(Objects.requireNonNull(text), script);
        }
        Path heard = scratch.resolve("heard.raw");
        Process camera =
                new ProcessBuilder(PYTHON.toString(), script.toString(), heard.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            String said = String.valueOf(camera.inputReader().readLine());
            assumeTrue(said.matches("\\d+"), said);
            talk(URI.create("rtsp://127.0.0.1:" + said + "/cam"), heard);
        } finally {
            camera.destroyForcibly().waitFor();
        }
    }

    private static void talk(URI url, Path heard) throws Exception {
        var target = new RtspTarget(url, null, null, RtspTarget.Transport.TCP);
        var way = new RtspBackchannel(target, RtspTimeouts.DEFAULT, UrlPolicy.ANY);
        assertThat(way.ask()).isEmpty();
        var sound = new TalkSound();
        var ready = new CompletableFuture<Codec>();
        var end = new CompletableFuture<TalkEnd>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        end.complete(way.talk(sound, ready::complete));
                    } catch (InterruptedException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                });
        CompletableFuture.anyOf(ready, end).get(30, TimeUnit.SECONDS);
        assertThat(end).isNotDone();
        assertThat(ready.join()).isEqualTo(Codec.PCMU);
        long start = System.nanoTime();
        var saidMs = new AtomicLong();
        Eventually.await(
                "a second is heard",
                () -> {
                    long nowMs = (System.nanoTime() - start) / 1_000_000; // as a microphone does
                    for (; saidMs.get() < nowMs; saidMs.addAndGet(50)) {
                        sound.offer(Pitch.tone(500, 8_000, 400)); // whole waves: they join
                    }
                    return heard.toFile().length() >= 2 * SAMPLES;
                });
        sound.end();
        assertThat(end.get(30, TimeUnit.SECONDS).reason()).isEqualTo(TalkEnd.Reason.STOPPED);
        var bytes = ByteBuffer.wrap(Files.readAllBytes(heard)).order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[SAMPLES];
        bytes.asShortBuffer().get(samples);
        assertThat(Pitch.of(samples, 8_000)).isCloseTo(500, Offset.offset(10.0));
    }
}
