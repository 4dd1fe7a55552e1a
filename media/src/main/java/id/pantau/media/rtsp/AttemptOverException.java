package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import org.jspecify.annotations.Nullable;

/// Carries the end of an attempt from where it was found up to [RtspAttempt#run], where it becomes
/// a value. Has no stack trace: it is an outcome.
final class AttemptOverException extends Exception {
    private final StreamEnd end;

    AttemptOverException(Reason reason, String detail) {
        this(reason, detail, null);
    }

    AttemptOverException(Reason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause, false, false);
        this.end = new StreamEnd(reason, detail);
    }

    StreamEnd end() {
        return end;
    }
}
