package id.pantau.media.flv;

import id.pantau.media.StreamFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The streams that are being played as FLV now, by RTMP, HTTP or WebSocket alike: whoever watches
/// the same one shares its tags. One virtual thread per stream that is watched. Thread-safe.
public final class FlvStreams implements AutoCloseable {
    private final Object lock = new Object(); // guards streams and closed
    private final Map<String, FlvStream> streams = new HashMap<>();
    private boolean closed;

    /// Whoever watches.
    public interface Listener {
        /// Called in order, never blocks and does no I/O.
        ///
        /// @param tags configurations first, for one that joins
        void offer(Iterable<StreamTag> tags);

        /// Called after each [#offer], on the stream's thread or on that of [#join]: the place for
        /// I/O, which must not block. May find the listener left already.
        void flush();

        /// Nothing more comes.
        ///
        /// @param why one English sentence
        void ended(String why);
    }

    /// A listener's place at a stream.
    public interface Place {
        /// No call to the listener begins after this returns, but for [Listener#flush].
        void leave();
    }

    /// Joins a stream, opening its source when nobody else watches it.
    ///
    /// @param name of the stream: the same name is the same source
    /// @return empty when the source carries nothing now, or nothing that FLV can carry
    public Optional<Place> join(String name, FlvSource source, Listener listener) {
        while (true) {
            StreamFormat format = source.format().orElse(null); // may block
            FlvStream stream;
            synchronized (lock) {
                if (closed || format == null || !FlvStream.carries(format)) {
                    return Optional.empty();
                }
                stream =
                        streams.computeIfAbsent(
                                name, _ -> new FlvStream(name, source, this::forget));
            }
            if (stream.join(listener)) {
                FlvStream joined = stream;
                return Optional.of(() -> joined.leave(listener));
            }
            forget(stream); // over since we found it: begin another
        }
    }

    /// How many are being played.
    public int size() {
        synchronized (lock) {
            return streams.size();
        }
    }

    /// Ends a stream for its listeners: its source is no more. The next to join one of this name
    /// opens another.
    public void end(String name) {
        FlvStream ending;
        synchronized (lock) {
            ending = streams.remove(name);
        }
        if (ending != null) {
            ending.close();
        }
    }

    /// Ends all of them for their listeners, and waits for their threads.
    @Override
    public void close() {
        Map<String, FlvStream> all;
        synchronized (lock) {
            closed = true;
            all = Map.copyOf(streams);
        }
        all.values().forEach(FlvStream::close);
    }

    private void forget(FlvStream stream) {
        synchronized (lock) {
            streams.remove(stream.name(), stream);
        }
    }
}
