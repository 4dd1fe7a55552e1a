package id.pantau.media.hub;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Hands the units of one stream on, on a virtual thread of its own, as long as the stream keeps
/// its format. Closing it ends the thread and waits for that.
public final class StreamFeed implements AutoCloseable {
    /// Where the units go. Called by the feed's thread only.
    public interface Target {
        /// May block: the reader loses whole GOPs meanwhile.
        ///
        /// @throws IOException when nothing is taken any more; whoever closed it knows why
        void unit(AccessUnit unit) throws IOException, InterruptedException;

        /// None waits any more.
        ///
        /// @throws IOException when nothing is taken any more
        default void flush() throws IOException {}

        /// For how long from now nobody minds if units are handed on late, and many at once; asked
        /// when none waits.
        default Duration rest() {
            return Duration.ZERO;
        }

        /// Something was lost; the next picture is a key frame.
        default void gap() {}

        /// Nothing comes any more.
        void end();
    }

    private final HubReader reader;
    private final StreamFormat format;
    private final Target target;
    private final Thread thread;
    private volatile @Nullable StreamEnd end;

    private StreamFeed(String name, HubReader reader, StreamFormat format, Target target) {
        this.reader = reader;
        this.format = format;
        this.target = target;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /// @param name of the thread
    /// @param reader stays the caller's, who takes nothing from it meanwhile
    /// @param format that the reader has told
    public static StreamFeed start(
            String name, HubReader reader, StreamFormat format, Target target) {
        var feed = new StreamFeed(name, reader, format, target);
        feed.thread.start();
        return feed;
    }

    /// Why the stream is over, or another one than it was; null when it is not.
    public @Nullable StreamEnd end() {
        return end;
    }

    @Override
    public void close() {
        thread.interrupt();
        ThreadEnd.await(thread);
    }

    private void run() {
        try {
            StreamEnd known = null;
            while (known == null) {
                known = feed(next());
            }
            end = known;
        } catch (IOException _) {
            // whoever takes the target's answers sees why
        } catch (InterruptedException _) {
            // closed
        } finally {
            target.end();
        }
    }

    private StreamSignal next() throws IOException, InterruptedException {
        StreamSignal next = reader.poll(Duration.ZERO);
        if (next == null) {
            target.flush();
        }
        while (next == null) {
            Duration rest = target.rest();
            next = rest.isPositive() ? reader.gather(rest) : reader.take();
        }
        return next;
    }

    private @Nullable StreamEnd feed(StreamSignal signal) throws IOException, InterruptedException {
        return switch (signal) {
            case StreamSignal.Unit(AccessUnit unit) -> {
                target.unit(unit);
                yield null;
            }
            case StreamSignal.FormatChanged(StreamFormat next) ->
                    next.equals(format)
                            ? null
                            : new StreamEnd(
                                    StreamEnd.Reason.CLOSED_BY_CAMERA,
                                    "The camera changed its picture; it is begun anew.");
            case StreamSignal.Gap _ -> {
                target.gap();
                yield null;
            }
            case StreamSignal.Ended(StreamEnd over) -> over;
        };
    }
}
