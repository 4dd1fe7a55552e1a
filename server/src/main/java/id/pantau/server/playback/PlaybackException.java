package id.pantau.server.playback;

import org.jspecify.annotations.Nullable;

/// Something recorded cannot be shown.
public final class PlaybackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        /// Nothing is recorded in the range, or the segment is not there any more.
        NONE,
        /// The volume does not give it, or the file is damaged.
        UNREADABLE
    }

    private final Reason reason;

    public PlaybackException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static PlaybackException none(String message) {
        return new PlaybackException(Reason.NONE, message, null);
    }

    public Reason reason() {
        return reason;
    }
}
