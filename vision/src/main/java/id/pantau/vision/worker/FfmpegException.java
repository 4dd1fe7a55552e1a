package id.pantau.vision.worker;

/// A call of libavformat failed.
final class FfmpegException extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;

    private FfmpegException(int code, String what) {
        super("FFmpeg cannot make %s (%d)".formatted(what, code));
        this.code = code;
    }

    /// As libavutil's, below zero.
    int code() {
        return code;
    }

    /// @param what was to be made
    /// @return the code, which is no error
    static int check(int code, String what) throws FfmpegException {
        if (code < 0) {
            throw new FfmpegException(code, what);
        }
        return code;
    }
}
