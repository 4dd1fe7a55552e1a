package id.pantau.server.talk;

import org.jspecify.annotations.Nullable;

/// A talk that is not even tried.
public final class TalkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        /// Somebody else talks to this camera.
        BUSY,
        /// The camera is switched off.
        OFF,
        /// It is not reached by RTSP.
        NO_BACKCHANNEL
    }

    private final Reason reason;
    private final @Nullable String talker;

    TalkException(Reason reason, String sentence, @Nullable String talker) {
        super(sentence);
        this.reason = reason;
        this.talker = talker;
    }

    public Reason reason() {
        return reason;
    }

    /// What happened and what to do; names nobody.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// User name of who talks, for those who may know; null unless [Reason#BUSY].
    public @Nullable String talker() {
        return talker;
    }
}
