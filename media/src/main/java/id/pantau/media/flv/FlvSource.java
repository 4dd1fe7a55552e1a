package id.pantau.media.flv;

import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stream that can be played as FLV. However many clients watch it, it is opened once.
/// Implementations are thread-safe.
public interface FlvSource {
    /// One opened stream, taken by one thread.
    interface Feed extends AutoCloseable {
        /// Blocks until the next signal is due. After [StreamSignal.Ended] another
        /// [StreamSignal.FormatChanged] may come: clients are kept meanwhile.
        ///
        /// @return null when none came within `wait`
        @Nullable StreamSignal poll(Duration wait) throws InterruptedException;

        @Override
        void close();
    }

    /// What it carries; empty while it carries nothing. May block while a stream on demand starts.
    Optional<StreamFormat> format();

    /// Begins with a [StreamSignal.FormatChanged] as soon as there is one.
    Feed open();

    /// A live stream. Clients start with the newest cached GOP.
    static FlvSource of(StreamHub hub) {
        return new FlvSource() {
            @Override
            public Optional<StreamFormat> format() {
                return hub.format();
            }

            @Override
            public Feed open() {
                return feed(
                        hub.subscribe(
                                "flv", HubReader.Limits.VIEWER, StreamHub.Start.NEWEST_KEY_FRAME));
            }
        };
    }

    /// A hub's reader as a feed, which closes it.
    static Feed feed(HubReader reader) {
        return new Feed() {
            @Override
            public @Nullable StreamSignal poll(Duration wait) throws InterruptedException {
                return reader.poll(wait);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
