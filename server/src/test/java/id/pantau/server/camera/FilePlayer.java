package id.pantau.server.camera;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.SignalSink;
import id.pantau.media.hub.StreamAttempt;
import id.pantau.media.mp4.Mp4File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Plays a clip in a loop as a camera would, at its own pace, without a network.
public record FilePlayer(Path clip) implements StreamAttempt {
    @Override
    public StreamEnd run(SignalSink sink) throws InterruptedException {
        try (Mp4File file = Mp4File.open(clip)) {
            sink.accept(new StreamSignal.FormatChanged(file.format()));
            long startNanos = System.nanoTime();
            Instant start = Instant.now();
            for (int round = 0; ; round++) {
                Duration offset = file.duration().multipliedBy(round);
                for (int i = 0; i < file.size(); i++) {
                    AccessUnit unit = file.unit(i);
                    Duration at = unit.dts().since(MediaTime.ZERO).plus(offset);
                    long wait = startNanos + at.toNanos() - System.nanoTime();
                    if (wait > 0) {
                        Thread.sleep(Duration.ofNanos(wait));
                    }
                    sink.accept(
                            new StreamSignal.Unit(
                                    new AccessUnit(
                                            unit.kind(),
                                            unit.dts().plus(offset),
                                            unit.pts().plus(offset),
                                            unit.keyFrame(),
                                            start.plus(at),
                                            unit.payload())));
                }
            }
        } catch (IOException e) {
            return new StreamEnd(StreamEnd.Reason.PROTOCOL_ERROR, String.valueOf(e.getMessage()));
        }
    }
}
