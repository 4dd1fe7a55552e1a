package id.pantau.media.hls;

import java.io.IOException;

/// The text is not the playlist it should be. The message says which line and what was wrong.
public final class MalformedPlaylistException extends IOException {
    private static final long serialVersionUID = 1;

    public MalformedPlaylistException(String message) {
        super(message);
    }
}
