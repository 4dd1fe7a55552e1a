package id.pantau.media.codec;

/// Codec headers that break their own rules: cut short, or values outside their range.
public final class MalformedBitstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedBitstreamException(String message) {
        super(message);
    }
}
