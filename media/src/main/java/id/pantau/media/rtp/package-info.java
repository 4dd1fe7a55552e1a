/// RTP and RTCP (RFC 3550): packets, reordering, the payload formats of each codec in both
/// directions, and the receiver that turns one session's packets into access units with decode
/// times and wall clock.
@NullMarked
package id.pantau.media.rtp;

import org.jspecify.annotations.NullMarked;
