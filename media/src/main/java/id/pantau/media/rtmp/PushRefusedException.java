package id.pantau.media.rtmp;

import id.pantau.media.StreamEnd;

/// Carries the refusal of a push from where it was read up to [RtmpPush#run], where it becomes a
/// value. Has no stack trace: it is an outcome.
final class PushRefusedException extends Exception {
    private final StreamEnd end;

    PushRefusedException(StreamEnd end) {
        super(end.detail(), null, false, false);
        this.end = end;
    }

    StreamEnd end() {
        return end;
    }
}
