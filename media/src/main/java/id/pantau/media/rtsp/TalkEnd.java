package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd;

/// Why somebody talks to a camera no more, or could not begin.
///
/// @param reason the category, stable
/// @param detail one English sentence with what and where; never holds credentials
public record TalkEnd(Reason reason, String detail) {
    public enum Reason {
        /// It has no loudspeaker, or does not let it be used from here.
        NO_BACKCHANNEL,
        /// It takes sound, but no G.711.
        UNSUPPORTED_CODEC,
        /// Wrong or missing user name or password.
        UNAUTHORIZED,
        /// Nothing answers.
        UNREACHABLE,
        /// It answers, and refuses.
        REFUSED,
        /// The camera ended it, or the connection broke.
        LOST,
        /// We ended it.
        STOPPED
    }

    static TalkEnd of(StreamEnd end) {
        Reason reason =
                switch (end.reason()) {
                    case UNAUTHORIZED -> Reason.UNAUTHORIZED;
                    case HOST_UNKNOWN, UNREACHABLE, TLS_FAILED, NO_ANSWER -> Reason.UNREACHABLE;
                    case UNSUPPORTED_CODEC -> Reason.UNSUPPORTED_CODEC;
                    case CONNECTION_LOST,
                            CLOSED_BY_CAMERA,
                            STALLED,
                            NO_KEY_FRAME,
                            PACKET_LOSS,
                            READER_DIED ->
                            Reason.LOST;
                    case NOT_FOUND,
                            NOT_RTSP,
                            PROTOCOL_ERROR,
                            NOT_PUBLISHED,
                            URL_REFUSED,
                            SET_ASIDE,
                            TRANSCODE_REFUSED ->
                            Reason.REFUSED;
                    case STOPPED -> Reason.STOPPED;
                };
        return new TalkEnd(reason, end.detail());
    }
}
