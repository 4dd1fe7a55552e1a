package id.pantau.media.webrtc;

import id.pantau.media.rtp.RtpTrack;
import id.pantau.media.sdp.PayloadFormat;
import org.jspecify.annotations.Nullable;

/// One media track that both sides agreed on.
///
/// @param section its place in the offer
/// @param payload as the peer offered it; the answer says the same
/// @param track as a receiver sees it
/// @param retransmission payload type for packets sent again (RFC 4588); null for plain repeats
/// @param ssrc under which we send; 0 when we receive
/// @param retransmissionSsrc under which we send again; 0 when we do not
record AgreedTrack(
        Offer.Section section,
        PayloadFormat payload,
        RtpTrack track,
        @Nullable Integer retransmission,
        int ssrc,
        int retransmissionSsrc) {
    boolean isVideo() {
        return section.media().isVideo();
    }
}
