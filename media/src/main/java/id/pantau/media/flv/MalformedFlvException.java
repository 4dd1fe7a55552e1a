package id.pantau.media.flv;

/// FLV or AMF0 that breaks its own rules, or one of ours on size and depth.
public final class MalformedFlvException extends Exception {
    public MalformedFlvException(String message) {
        super(message);
    }
}
