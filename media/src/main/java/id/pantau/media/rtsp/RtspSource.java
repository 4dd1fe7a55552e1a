package id.pantau.media.rtsp;

import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import java.util.Optional;

/// A stream that an [RtspServer] can play. However many clients watch it, it is opened once.
/// Implementations are thread-safe.
public interface RtspSource {
    /// One opened stream, taken by one thread.
    interface Feed extends AutoCloseable {
        /// Blocks until the next signal is due. After [StreamSignal.Ended] another
        /// [StreamSignal.FormatChanged] may come: clients are kept meanwhile.
        StreamSignal take() throws InterruptedException;

        @Override
        void close();
    }

    /// What it carries; empty while it carries nothing.
    Optional<StreamFormat> format();

    /// What it carries; waits for a source that has to be started first. Called for clients that
    /// were let in, on their own thread.
    default Optional<StreamFormat> awaitFormat() throws InterruptedException {
        return format();
    }

    /// Begins with a [StreamSignal.FormatChanged] as soon as there is one.
    Feed open();

    /// What goes wrong on purpose while this is played.
    default RtspTampering tampering() {
        return RtspTampering.NONE;
    }

    /// A live stream. Clients start with the newest cached GOP.
    static RtspSource of(StreamHub hub) {
        return new RtspSource() {
            @Override
            public Optional<StreamFormat> format() {
                return hub.format();
            }

            @Override
            public Feed open() {
                HubReader reader =
                        hub.subscribe(
                                "rtsp-server",
                                HubReader.Limits.VIEWER,
                                StreamHub.Start.NEWEST_KEY_FRAME);
                return new Feed() {
                    @Override
                    public StreamSignal take() throws InterruptedException {
                        return reader.take();
                    }

                    @Override
                    public void close() {
                        reader.close();
                    }
                };
            }
        };
    }
}
