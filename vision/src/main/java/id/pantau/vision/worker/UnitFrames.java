package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The units that come on a connection, one by one. Both ends read with it. Not thread-safe.
final class UnitFrames {
    private final FrameReader frames;
    private @Nullable StreamEnd end;

    UnitFrames(SocketChannel channel) {
        this.frames = new FrameReader(channel);
    }

    /// What the other side said at last; null when it has not, or never will.
    @Nullable StreamEnd end() {
        return end;
    }

    /// @return null at the end, or when the other side has died
    @Nullable CodedUnit next() throws IOException {
        FrameReader.RawFrame frame = end == null ? frames.next() : null;
        if (frame == null) {
            return null;
        }
        return switch (frame.type()) {
            case TranscodeProtocol.UNIT -> TranscodeProtocol.unit(frame.body());
            case WorkerProtocol.END -> {
                end = WorkerProtocol.readEnd(frame.body());
                yield null;
            }
            default -> throw new IOException("a frame of type " + frame.type());
        };
    }
}
