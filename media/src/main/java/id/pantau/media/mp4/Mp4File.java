package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// An MP4 file made by anybody: progressive (index before or behind the media) or fragmented. One
/// video and one audio media track, the first of each that we can carry; others are passed over.
/// The index is held in memory, payloads are read from disk when asked for. Safe for several
/// threads, so that several readers may share one file.
public final class Mp4File implements AutoCloseable {
    /// One entry of the index.
    ///
    /// @param dts the smallest of a file is zero; edit lists are applied, so that audio and video
    ///   are in step
    /// @param pts never before `dts`
    /// @param sizeBytes in the file
    public record Sample(
            MediaKind kind, MediaTime dts, MediaTime pts, boolean keyFrame, int sizeBytes) {}

    private Mp4File() {}

    /// @throws MalformedMp4Exception when it is no MP4 or holds no codec we know
    public static Mp4File open(Path file) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    public StreamFormat format() {
        throw new UnsupportedOperationException("being built");
    }

    /// From zero to the end of the longer media track: where a loop begins again.
    public Duration duration() {
        throw new UnsupportedOperationException("being built");
    }

    /// Ticks per second of a media track in the file; 0 without that track.
    public int timescale(MediaKind kind) {
        throw new UnsupportedOperationException("being built");
    }

    /// How many access units there are, both media tracks together.
    public int size() {
        throw new UnsupportedOperationException("being built");
    }

    /// @param index 0 until [#size()], by decode time over both media tracks
    public Sample sample(int index) {
        throw new UnsupportedOperationException("being built");
    }

    /// Reads one access unit from disk; its wall time is the epoch plus its decode time. Parameter
    /// sets and access unit delimiters inside are taken out, NAL lengths are 4 bytes.
    ///
    /// @throws MalformedMp4Exception when the payload is not there or is no chain of NAL units
    public AccessUnit unit(int index) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException("being built");
    }
}
