package id.pantau.server.talk;

import id.pantau.media.Codec;

/// Who began a talk. Called on the talk's thread; must not block.
public interface TalkListener {
    /// The camera listens: what is said from now on is heard.
    void ready(Codec codec);

    /// Once, and nothing behind it.
    void over(TalkOver over);
}
