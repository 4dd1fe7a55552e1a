package id.pantau.media;

/// Why one attempt to read a stream is over.
///
/// @param reason the category, stable, for callers and for translated texts
/// @param detail one English sentence with what and where; never holds credentials
public record StreamEnd(Reason reason, String detail) {
    public enum Reason {
        /// The host name does not resolve.
        HOST_UNKNOWN(GapCause.NETWORK),
        /// Nothing answers, or the port is closed.
        UNREACHABLE(GapCause.NETWORK),
        /// The connection broke or timed out while media was flowing.
        CONNECTION_LOST(GapCause.NETWORK),
        /// TLS could not be agreed.
        TLS_FAILED(GapCause.NETWORK),
        /// Wrong or missing user name or password.
        UNAUTHORIZED(GapCause.CAMERA),
        /// The camera knows no such path.
        NOT_FOUND(GapCause.CAMERA),
        /// It takes the connection, and then answers nothing within the time allowed.
        NO_ANSWER(GapCause.CAMERA),
        /// What answers does not speak RTSP.
        NOT_RTSP(GapCause.CAMERA),
        /// The camera answered with an error or with something that makes no sense.
        PROTOCOL_ERROR(GapCause.CAMERA),
        /// It offers no codec that can be recorded.
        UNSUPPORTED_CODEC(GapCause.CAMERA),
        /// No access unit for 10 s.
        STALLED(GapCause.CAMERA),
        /// Pictures arrive, but no key frame for 60 s.
        NO_KEY_FRAME(GapCause.CAMERA),
        /// So many packets are lost on the way that no key frame came whole for 60 s.
        PACKET_LOSS(GapCause.NETWORK),
        /// The camera ended the session.
        CLOSED_BY_CAMERA(GapCause.CAMERA),
        /// The stream is pushed to us, and nobody pushes it.
        NOT_PUBLISHED(GapCause.CAMERA),
        /// The URL is not allowed: scheme, or an address of this server.
        URL_REFUSED(GapCause.POLICY),
        /// FFmpeg's process, which reads it, died or cannot be started.
        READER_DIED(GapCause.RESTART),
        /// It killed FFmpeg's process several times and is not tried until somebody changes it.
        SET_ASIDE(GapCause.CAMERA),
        /// It would have to be encoded anew for browsers, and as many are as may be.
        TRANSCODE_REFUSED(GapCause.SHED),
        /// We ended it: disabled, changed, or shutting down.
        STOPPED(GapCause.POLICY);

        private final GapCause gapCause;

        Reason(GapCause gapCause) {
            this.gapCause = gapCause;
        }

        public GapCause gapCause() {
            return gapCause;
        }
    }
}
