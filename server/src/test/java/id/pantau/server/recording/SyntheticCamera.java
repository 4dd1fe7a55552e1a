package id.pantau.server.recording;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.StreamHub;
import id.pantau.testkit.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A stream of 10 pictures a second, a key frame every second unless told otherwise, with G.711
/// sound, made up without any camera. Time passes on the manual clock as it plays.
final class SyntheticCamera {
    static final Duration FRAME = Duration.ofMillis(100);
    private static final int FRAMES_PER_S = 10;
    private static final int AUDIO_BYTES = 800; // 100 ms of G.711 at 8 kHz

    static final StreamFormat FORMAT = format("68ebe3cb22c0");

    final String id;
    final StreamHub hub;
    private final ManualClock clock;
    private final int frameBytes;
    private int framesPerGop = FRAMES_PER_S;
    private long dts90k = 900_000;
    private long frame;

    SyntheticCamera(String id, ManualClock clock, int frameBytes) {
        this.id = id;
        this.hub = new StreamHub(id + "/main", StreamHub.CacheLimits.DEFAULT);
        this.clock = clock;
        this.frameBytes = frameBytes;
    }

    /// From the next key frame on.
    SyntheticCamera gop(Duration length) {
        framesPerGop = (int) length.toSeconds() * FRAMES_PER_S;
        return this;
    }

    static StreamFormat format(String pps) {
        var video =
                new VideoFormat(
                        Codec.H264,
                        1920,
                        1080,
                        10,
                        0,
                        List.of(),
                        List.of(
                                Bytes.ofHex(
                                        "67640028acd940780227e5c044000003000400000300c83c60c658")),
                        List.of(Bytes.ofHex(pps)));
        return new StreamFormat(video, new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY));
    }

    /// Begins a session on a new media clock.
    void connect() {
        dts90k = 90_000 * (1 + Math.floorMod(frame * 7919, 1000));
        frame = 0;
        hub.accept(new StreamSignal.FormatChanged(FORMAT));
    }

    void change(StreamFormat format) {
        frame = 0;
        hub.accept(new StreamSignal.FormatChanged(format));
    }

    void disconnect(StreamEnd.Reason reason) {
        hub.accept(new StreamSignal.Ended(new StreamEnd(reason, "the test said so")));
    }

    /// Loses media inside the session; the next picture is a key frame.
    void lose(Duration length, GapCause cause) {
        hub.accept(new StreamSignal.Gap(length, cause));
        dts90k += length.toMillis() * 90;
        clock.advance(length);
        frame = 0;
    }

    /// Sends one picture and its sound; time passes.
    void playFrame() {
        sendFrame();
        clock.advance(FRAME);
    }

    /// Sends one picture and its sound, for cameras that play side by side.
    void sendFrame() {
        MediaTime time = new MediaTime(dts90k);
        Instant wall = clock.instant();
        boolean key = frame++ % framesPerGop == 0;
        hub.accept(unit(MediaKind.VIDEO, time, key, wall, video(key)));
        hub.accept(unit(MediaKind.AUDIO, time, true, wall, ByteBuffer.allocate(AUDIO_BYTES)));
        dts90k += FRAME.toMillis() * 90;
    }

    private StreamSignal unit(
            MediaKind kind, MediaTime time, boolean key, Instant wall, ByteBuffer payload) {
        return new StreamSignal.Unit(new AccessUnit(kind, time, time, key, wall, payload));
    }

    private ByteBuffer video(boolean key) {
        ByteBuffer nal = ByteBuffer.allocate(frameBytes);
        nal.putInt(0, frameBytes - 4);
        nal.put(4, (byte) (key ? 0x65 : 0x41));
        return nal;
    }
}
