package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    private final FileChannel channel;
    private final MovieHeader movie;
    private final @Nullable IndexedTrack video;
    private final @Nullable IndexedTrack audio;
    private final int[] order; // of video samples, and the complement of audio samples
    private final long zeroTicks;

    private Mp4File(
            FileChannel channel,
            MovieHeader movie,
            @Nullable IndexedTrack video,
            @Nullable IndexedTrack audio) {
        this.channel = channel;
        this.movie = movie;
        this.video = video;
        this.audio = audio;
        zeroTicks = tracks().mapToLong(IndexedTrack::firstTicks).min().orElse(0);
        order = order(video, audio);
    }

    /// @throws MalformedMp4Exception when it is no MP4 or holds no codec we know
    public static Mp4File open(Path file) throws IOException {
        var channel = FileChannel.open(file);
        try {
            var boxes = new BoxScanner(channel);
            InitSegmentReader init = InitSegmentReader.read(boxes);
            return new Mp4File(
                    channel,
                    init.movie(),
                    IndexedTrack.read(init, MediaKind.VIDEO, boxes),
                    IndexedTrack.read(init, MediaKind.AUDIO, boxes));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    public StreamFormat format() {
        return movie.format();
    }

    /// From zero to the end of the longer media track: where a loop begins again.
    public Duration duration() {
        long end = tracks().mapToLong(IndexedTrack::endTicks).max().orElse(0);
        return new MediaTime(Math.max(0, end - zeroTicks)).since(MediaTime.ZERO);
    }

    /// Ticks per second of a media track in the file; 0 without that track.
    public int timescale(MediaKind kind) {
        MediaTrack track = movie.track(kind);
        return track == null ? 0 : track.timescale();
    }

    /// How many access units there are, both media tracks together.
    public int size() {
        return order.length;
    }

    /// @param index 0 until [#size()], by decode time over both media tracks
    public Sample sample(int index) {
        IndexedTrack track = trackOf(index);
        int sample = sampleOf(index);
        return new Sample(
                track.kind(),
                new MediaTime(track.dtsTicks(sample) - zeroTicks),
                new MediaTime(track.ptsTicks(sample) - zeroTicks),
                track.samples().keyFrame(sample),
                track.samples().bytes(sample));
    }

    /// Reads one access unit from disk; its wall time is the epoch plus its decode time. Parameter
    /// sets and access unit delimiters inside are taken out, NAL lengths are 4 bytes.
    ///
    /// @throws MalformedMp4Exception when the payload is not there or is no chain of NAL units
    public AccessUnit unit(int index) throws IOException {
        Sample sample = sample(index);
        IndexedTrack track = trackOf(index);
        ByteBuffer payload = read(track.samples().offset(sampleOf(index)), sample.sizeBytes());
        if (sample.kind() == MediaKind.VIDEO) {
            Codec codec = track.entry().codec();
            payload = NalChain.normalise(payload, track.entry().nalLengthBytes(), codec);
        }
        Instant wallTime = Instant.EPOCH.plus(sample.dts().since(MediaTime.ZERO));
        return new AccessUnit(
                sample.kind(), sample.dts(), sample.pts(), sample.keyFrame(), wallTime, payload);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private ByteBuffer read(long offset, int bytes) throws IOException {
        var payload = ByteBuffer.allocate(bytes);
        long at = offset;
        while (payload.hasRemaining()) {
            int read = channel.read(payload, at);
            if (read < 0) {
                throw new MalformedMp4Exception(
                        "the sample at %d ends with the file".formatted(offset));
            }
            at += read;
        }
        return payload.flip();
    }

    private Stream<IndexedTrack> tracks() {
        return Stream.concat(Stream.ofNullable(video), Stream.ofNullable(audio))
                .filter(track -> track.samples().size() > 0);
    }

    private IndexedTrack trackOf(int index) {
        return Objects.requireNonNull(order[index] >= 0 ? video : audio);
    }

    private int sampleOf(int index) {
        return order[index] >= 0 ? order[index] : ~order[index];
    }

    /// Merges two lists that are each in decoding order.
    private static int[] order(@Nullable IndexedTrack video, @Nullable IndexedTrack audio) {
        int videos = video == null ? 0 : video.samples().size();
        int sounds = audio == null ? 0 : audio.samples().size();
        int[] order = new int[videos + sounds];
        int v = 0;
        int a = 0;
        for (int i = 0; i < order.length; i++) {
            boolean takeVideo =
                    a >= sounds
                            || video != null
                                    && audio != null
                                    && v < videos
                                    && video.dtsTicks(v) <= audio.dtsTicks(a);
            order[i] = takeVideo ? v++ : ~a++;
        }
        return order;
    }
}
