package id.pantau.vision.decode;

import java.io.IOException;

/// Media that cannot be decoded, or not opened at all; the message says what and why.
public final class DecodeException extends IOException {
    private static final long serialVersionUID = 1;

    DecodeException(String message) {
        super(message);
    }
}
