package id.pantau.server.camera;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.rtp.AccessUnitBuilder;
import id.pantau.media.rtp.ParameterSets;
import id.pantau.vision.worker.CodedUnit;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts the pictures that the worker made and the camera's own sound together to one stream, on the
/// camera's clock. Thread-safe: pictures come from one thread, sound from another.
final class TranscodedPictures {
    /// When a picture was captured, by both clocks.
    private record Captured(MediaTime pts, Instant wallTime) {
        Instant wallTimeOf(MediaTime other) {
            return wallTime.plus(other.since(pts));
        }
    }

    private final @Nullable AudioFormat audio;
    private final Consumer<StreamSignal> sink;
    private final Object lock = new Object(); // guards what follows, and orders what the sink gets
    private final ParameterSets parameterSets = new ParameterSets(Codec.H264);
    private final AccessUnitBuilder builder = new AccessUnitBuilder(Codec.H264, parameterSets);
    private @Nullable Captured newest;
    private @Nullable StreamFormat announced;
    private long lastPts90k = Long.MIN_VALUE;

    /// @param audio of the camera's stream
    TranscodedPictures(@Nullable AudioFormat audio, Consumer<StreamSignal> sink) {
        this.audio = audio;
        this.sink = sink;
    }

    /// A picture of the camera that is about to go to the worker.
    void sent(AccessUnit unit) {
        synchronized (lock) {
            newest = new Captured(unit.pts(), unit.wallTime());
        }
    }

    /// Sound of the camera; what comes before the first picture is left out.
    void sound(AccessUnit unit) {
        synchronized (lock) {
            if (announced != null && audio != null) {
                sink.accept(new StreamSignal.Unit(unit));
            }
        }
    }

    /// @param unit with start codes
    void picture(CodedUnit unit) {
        synchronized (lock) {
            Captured captured = newest;
            if (captured == null || unit.pts90k() <= lastPts90k) {
                return; // not of this stream, or a decoder that gives a time twice
            }
            for (ByteBuffer nal : NalUnits.splitAnnexB(unit.payload())) {
                builder.unit(nal, 0, nal.remaining());
            }
            if (!builder.hasSlice() || (announced == null && !builder.keyFrame())) {
                builder.clear();
                return;
            }
            if (builder.keyFrame()) {
                announce();
            }
            lastPts90k = unit.pts90k();
            var pts = new MediaTime(unit.pts90k());
            sink.accept(
                    new StreamSignal.Unit(
                            new AccessUnit(
                                    MediaKind.VIDEO,
                                    pts,
                                    pts,
                                    builder.keyFrame(),
                                    captured.wallTimeOf(pts),
                                    builder.payload())));
            builder.clear();
        }
    }

    private void announce() {
        VideoFormat video =
                parameterSets.format(
                        builder.array(), builder.firstSliceAt(), builder.firstSliceBytes());
        if (video == null) {
            throw new IllegalStateException("an encoder's key frame without parameter sets");
        }
        var format = new StreamFormat(video, audio);
        if (!format.equals(announced)) {
            announced = format;
            sink.accept(new StreamSignal.FormatChanged(format));
        }
    }
}
