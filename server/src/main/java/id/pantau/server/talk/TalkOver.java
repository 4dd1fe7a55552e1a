package id.pantau.server.talk;

import id.pantau.media.rtsp.TalkEnd;

/// Why a talk is over, or did not begin.
///
/// @param reason the category, stable
/// @param detail one English sentence; never holds credentials
/// @param begun whether the camera had listened
public record TalkOver(Reason reason, String detail, boolean begun) {
    public enum Reason {
        NO_BACKCHANNEL,
        UNSUPPORTED_CODEC,
        UNAUTHORIZED,
        UNREACHABLE,
        REFUSED,
        /// The camera ended it, or the connection to it broke.
        LOST,
        /// Nothing was said for a minute.
        QUIET,
        /// The camera was changed, switched off or removed.
        CAMERA_CHANGED,
        /// The talker ended it.
        STOPPED
    }

    static TalkOver of(TalkEnd end, boolean begun) {
        Reason reason =
                switch (end.reason()) {
                    case NO_BACKCHANNEL -> Reason.NO_BACKCHANNEL;
                    case UNSUPPORTED_CODEC -> Reason.UNSUPPORTED_CODEC;
                    case UNAUTHORIZED -> Reason.UNAUTHORIZED;
                    case UNREACHABLE -> Reason.UNREACHABLE;
                    case REFUSED -> Reason.REFUSED;
                    case LOST -> Reason.LOST;
                    case STOPPED -> Reason.STOPPED;
                };
        return new TalkOver(reason, end.detail(), begun);
    }
}
