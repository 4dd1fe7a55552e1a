package id.pantau.media.flv;

import id.pantau.media.MediaKind;
import id.pantau.media.StreamFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One client that takes a stream's tags on a thread of its own: FLV by HTTP or WebSocket, and
/// pushes. Too slow, it loses whole GOPs.
public final class FlvPlayback implements FlvStreams.Listener, AutoCloseable {
    /// So much is handed out at once, about.
    private static final int TAKE_BYTES = 64 << 10;

    private final StreamFormat format;
    private final TagQueue queue;
    private FlvStreams.Place place = () -> {};

    private FlvPlayback(StreamFormat format, int queueBytes) {
        this.format = format;
        this.queue = new TagQueue(queueBytes);
    }

    /// @param name of the stream, as for [FlvStreams#join]
    /// @param queueBytes how much may wait before GOPs are lost
    /// @return empty when the source carries nothing now, or nothing that FLV can carry
    public static Optional<FlvPlayback> start(
            FlvStreams streams, String name, FlvSource source, int queueBytes) {
        StreamFormat format = source.format().orElse(null);
        if (format == null) {
            return Optional.empty();
        }
        var playback = new FlvPlayback(format, queueBytes);
        return streams.join(name, source, playback)
                .map(place -> {
                    playback.place = place;
                    return playback;
                });
    }

    /// What stands before the tags in a file, and in the first message of a WebSocket.
    public ByteBuffer fileHeader() {
        return FlvTag.fileHeader(format.has(MediaKind.AUDIO), format.has(MediaKind.VIDEO));
    }

    /// Blocks until there is something.
    ///
    /// @return tags as they stand in a file, each for itself and shared: not to be written to;
    ///   empty when the stream is over
    public List<ByteBuffer> takeInFile() throws InterruptedException {
        return take().stream().map(tag -> tag.as(StreamTag.FILE)).toList();
    }

    /// The same as tags.
    public List<StreamTag> take() throws InterruptedException {
        var tags = new ArrayList<StreamTag>();
        boolean unused = queue.take(tags, TAKE_BYTES);
        return tags;
    }

    /// Ends it for whoever takes, from another thread.
    public void end(String why) {
        queue.end(why);
    }

    /// Tags this client was too slow for.
    public long dropped() {
        return queue.dropped();
    }

    @Override
    public void offer(Iterable<StreamTag> tags) {
        queue.offer(tags);
    }

    @Override
    public void flush() {
        // whoever takes was woken by the offer
    }

    @Override
    public void ended(String why) {
        queue.end(why);
    }

    @Override
    public void close() {
        place.leave();
    }
}
