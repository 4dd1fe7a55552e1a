package id.pantau.testkit;

import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspChallenge;
import id.pantau.media.rtsp.RtspSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Counts, on the cameras' side, how many are being connected to at once: from a connection's first
/// request for a camera until that camera's first picture. To be both the catalog and the access of
/// an `RtspServer`. Thread-safe.
public final class ConnectCount implements RtspAccess, RtspCatalog {
    private final RtspCatalog cameras;
    private final Set<String> connecting = new HashSet<>(); // guarded by this
    private int most; // guarded by this
    private int connects; // guarded by this

    public ConnectCount(RtspCatalog cameras) {
        this.cameras = cameras;
    }

    /// @param most at once
    /// @param connects all that began
    public record Figures(int most, int connects) {}

    public synchronized Figures figures() {
        return new Figures(most, connects);
    }

    /// Every connection is gone: those that were under way do not count any more.
    public synchronized void dropped() {
        connecting.clear();
    }

    private synchronized void begins(String path) {
        connecting.add(path);
        connects++;
        most = Math.max(most, connecting.size());
    }

    private synchronized void plays(String path) {
        connecting.remove(path);
    }

    @Override
    public List<RtspChallenge> challenges(String nonce) {
        return RtspAccess.OPEN.challenges(nonce);
    }

    /// Asked once per connection and path.
    @Override
    public Verdict check(Asked asked) {
        begins(asked.path());
        return Verdict.ALLOWED;
    }

    @Override
    public Optional<RtspSource> find(String path) {
        return cameras.find(path).map(source -> new Counted(path, source));
    }

    private final class Counted implements RtspSource {
        private final String path;
        private final RtspSource source;

        Counted(String path, RtspSource source) {
            this.path = path;
            this.source = source;
        }

        @Override
        public Optional<StreamFormat> format() {
            return source.format();
        }

        @Override
        public Feed open() {
            Feed feed = source.open();
            return new Feed() {
                @Override
                public StreamSignal take() throws InterruptedException {
                    StreamSignal signal = feed.take();
                    if (signal instanceof StreamSignal.Unit) {
                        plays(path);
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
