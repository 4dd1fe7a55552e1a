package id.pantau.bench;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.media.rtsp.RtspSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// An RTSP camera that plays [Clips#numbered()] and knows when it sent each picture. A picture's
/// packets leave together, within a millisecond of the time that is noted. Thread-safe.
final class ClockedCamera implements AutoCloseable {
    private final LoopingClip clip;
    private final RtspServer server;
    private final Map<Integer, NavigableSet<Instant>> sentAt = new ConcurrentHashMap<>();

    private ClockedCamera(Path file) throws IOException {
        this.clip = LoopingClip.open(file);
        RtspSource source = new Clocked();
        this.server =
                RtspServer.start(
                        RtspServerSettings.loopback(), _ -> Optional.of(source), RtspAccess.OPEN);
    }

    static ClockedCamera start(Path numberedClip) throws IOException {
        return new ClockedCamera(numberedClip);
    }

    String url() {
        return "rtsp://127.0.0.1:%d/clocked".formatted(server.port());
    }

    /// When the picture of this number that was seen at that instant was sent; empty when none was
    /// sent before.
    Optional<Instant> findSent(int number, Instant seenAt) {
        return Optional.ofNullable(sentAt.get(number)).map(times -> times.floor(seenAt));
    }

    @Override
    public void close() throws IOException {
        server.close();
        clip.close();
    }

    private final class Clocked implements RtspSource {
        @Override
        public Optional<StreamFormat> format() {
            return clip.format();
        }

        @Override
        public Feed open() {
            Feed feed = clip.open();
            return new Feed() {
                private int next;

                @Override
                public StreamSignal take() throws InterruptedException {
                    StreamSignal signal = feed.take();
                    if (signal instanceof StreamSignal.Unit(AccessUnit unit) && unit.isVideo()) {
                        sentAt.computeIfAbsent(next, _ -> new ConcurrentSkipListSet<>())
                                .add(Instant.now());
                        next = (next + 1) % Clips.NUMBERED_PICTURES;
                    }
                    return signal;
                }

                @Override
                public void close() {
                    feed.close();
                }
            };
        }
    }
}
