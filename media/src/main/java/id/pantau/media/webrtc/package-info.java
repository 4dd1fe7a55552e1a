/// WebRTC without transcoding: browsers play a stream (WHEP, RFC 9725's sibling) and publish one
/// (WHIP, RFC 9725). HTTP is the caller's; this package turns an offer into an answer and moves the
/// media.
///
/// [WebRtcServer] owns one UDP port for all sessions and, where wanted, one TCP port beside it (RFC
/// 6544), a thread that receives, and two virtual threads per session. ICE-lite (RFC 8445 §2.5)
/// with STUN (RFC 8489), DTLS 1.2 (RFC 6347) as the server with `use_srtp` (RFC 5764), SRTP (RFC
/// 3711, RFC 7714), BUNDLE and rtcp-mux always.
@NullMarked
package id.pantau.media.webrtc;

import org.jspecify.annotations.NullMarked;
