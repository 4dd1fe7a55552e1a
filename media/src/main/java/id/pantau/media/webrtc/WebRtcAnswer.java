package id.pantau.media.webrtc;

/// What becomes of an offer.
public sealed interface WebRtcAnswer {
    /// @param sdp the answer, `application/sdp`
    /// @param session runs from now on; ends by itself when the peer does not connect
    record Accepted(String sdp, WebRtcSession session, AnswerFacts facts) implements WebRtcAnswer {}

    /// @param detail one English sentence for the peer and the log
    record Refused(Reason reason, String detail) implements WebRtcAnswer {}

    enum Reason {
        /// No session description, or one that lacks what WebRTC needs (400).
        MALFORMED_OFFER,
        /// Longer than any browser's (413).
        OFFER_TOO_LARGE,
        /// The peer cannot take, or does not send, a codec that we carry (406).
        NO_COMMON_CODEC,
        /// The stream carries nothing at the moment (409).
        NOT_STREAMING,
        /// As many sessions as are allowed (503).
        TOO_MANY_SESSIONS,
        /// The server is shutting down (503).
        CLOSED
    }
}
