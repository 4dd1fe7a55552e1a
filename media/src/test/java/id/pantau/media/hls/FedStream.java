package id.pantau.media.hls;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.mp4.TestFormats;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// A camera fed by hand: its clock moves with each picture.
final class FedStream {
    static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    static final StreamFormat SILENT = new StreamFormat(TestFormats.H264, null);
    static final StreamFormat WITH_G711 = new StreamFormat(TestFormats.H264, TestFormats.PCMU);

    private final Consumer<StreamSignal> to;
    private long ticks = 1_000_000;
    private Instant wallTime = START;
    private StreamFormat format = SILENT;

    FedStream(Consumer<StreamSignal> to) {
        this.to = to;
    }

    FedStream begin(StreamFormat next) {
        format = next;
        to.accept(new StreamSignal.FormatChanged(next));
        return this;
    }

    /// One picture and the G.711 that belongs to it.
    FedStream picture(boolean keyFrame, Duration length, int bytes) {
        var time = new MediaTime(ticks);
        var payload = ByteBuffer.allocate(bytes).putInt(0, bytes - 4);
        to.accept(
                new StreamSignal.Unit(
                        new AccessUnit(MediaKind.VIDEO, time, time, keyFrame, wallTime, payload)));
        AudioFormat audio = format.audio();
        if (audio != null && audio.codec() == Codec.PCMU) {
            var sound = ByteBuffer.allocate((int) (length.toMillis() * 8));
            to.accept(
                    new StreamSignal.Unit(
                            new AccessUnit(MediaKind.AUDIO, time, time, true, wallTime, sound)));
        }
        pause(length);
        return this;
    }

    /// @param gop a key frame every so many pictures
    FedStream pictures(int count, int gop, Duration length) {
        for (int i = 0; i < count; i++) {
            picture(i % gop == 0, length, 1000);
        }
        return this;
    }

    /// 25 pictures a second, a key frame every two seconds.
    FedStream seconds(int seconds) {
        return pictures(seconds * 25, 50, Duration.ofMillis(40));
    }

    void pause(Duration length) {
        ticks += length.toMillis() * 90;
        wallTime = wallTime.plus(length);
    }

    FedStream gap(Duration length) {
        to.accept(new StreamSignal.Gap(length, GapCause.NETWORK));
        pause(length);
        return this;
    }

    FedStream end() {
        var end = new StreamEnd(StreamEnd.Reason.CLOSED_BY_CAMERA, "the camera ended it");
        to.accept(new StreamSignal.Ended(end));
        return this;
    }
}
