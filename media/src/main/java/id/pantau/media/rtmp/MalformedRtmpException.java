package id.pantau.media.rtmp;

/// A peer that breaks the rules of RTMP, or one of our limits.
public final class MalformedRtmpException extends Exception {
    public MalformedRtmpException(String message) {
        super(message);
    }
}
