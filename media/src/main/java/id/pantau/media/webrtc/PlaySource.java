package id.pantau.media.webrtc;

import id.pantau.media.StreamFormat;
import id.pantau.media.hub.HubReader;
import id.pantau.media.hub.StreamHub;
import java.util.Optional;

/// A stream that peers can play. Implementations are thread-safe.
public interface PlaySource {
    /// What it carries; empty while it carries nothing.
    Optional<StreamFormat> format();

    /// Called for every session, and again whenever a peer needs a new start (PLI).
    HubReader open(StreamHub.Start start);

    /// The session that played it is over. Called once, on the session's thread.
    default void ended() {}

    static PlaySource of(StreamHub hub) {
        return new PlaySource() {
            @Override
            public Optional<StreamFormat> format() {
                return hub.format();
            }

            @Override
            public HubReader open(StreamHub.Start start) {
                return hub.subscribe("webrtc", HubReader.Limits.VIEWER, start);
            }
        };
    }
}
