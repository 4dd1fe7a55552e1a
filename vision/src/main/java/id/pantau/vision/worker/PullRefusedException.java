package id.pantau.vision.worker;

import id.pantau.media.StreamEnd;

/// A stream cannot be opened, or holds nothing that is carried.
final class PullRefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient StreamEnd end;

    PullRefusedException(StreamEnd end) {
        super(end.detail());
        this.end = end;
    }

    StreamEnd end() {
        return end;
    }
}
