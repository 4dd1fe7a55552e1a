package id.pantau.media.mp4;

import java.io.IOException;

/// The bytes are not the MP4 they should be. The message says which box, where and what was wrong.
public final class MalformedMp4Exception extends IOException {
    private static final long serialVersionUID = 1;

    public MalformedMp4Exception(String message) {
        super(message);
    }
}
