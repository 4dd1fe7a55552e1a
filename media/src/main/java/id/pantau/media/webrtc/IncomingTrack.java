package id.pantau.media.webrtc;

import id.pantau.media.rtp.ReorderBuffer;
import id.pantau.media.rtp.RtpReceiver;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The receiving side of one media track: puts packets in order, those that were sent again among
/// them. Used by the session's thread.
final class IncomingTrack {
    private static final int REORDERED_PACKETS = 1024;

    private final AgreedTrack agreed;
    private final NackTracker nack = new NackTracker();
    private final ReorderBuffer order;
    private boolean started;
    private int ssrc;

    /// @param index of the track in the receiver
    IncomingTrack(AgreedTrack agreed, int index, RtpReceiver receiver) {
        this.agreed = agreed;
        this.order =
                new ReorderBuffer(
                        REORDERED_PACKETS,
                        Duration.ofNanos(NackTracker.GIVE_UP_NANOS),
                        packet -> receiver.rtp(index, packet));
    }

    AgreedTrack agreed() {
        return agreed;
    }

    boolean started() {
        return started;
    }

    /// Of the newest packet; 0 before the first.
    int ssrc() {
        return ssrc;
    }

    /// @param packet one plain RTP packet, from 0 to `length`
    /// @return whether it is of this track
    boolean take(byte[] packet, int length, long nanos) {
        int type = packet[1] & 0x7f;
        Integer again = agreed.retransmission();
        if (type == agreed.payload().payloadType()) {
            started = true;
            ssrc = SrtpCipher.getInt(packet, 8);
            pass(ByteBuffer.wrap(packet, 0, length), nanos);
            return true;
        }
        if (again != null && type == again) {
            unwrap(packet, length, nanos);
            return true;
        }
        return false;
    }

    /// RFC 4588 §4: the original sequence number stands before the payload.
    private void unwrap(byte[] packet, int length, long nanos) {
        int payload = SrtpCipher.payloadAt(packet, length);
        boolean padded = (packet[0] & 0x20) != 0;
        int padding = padded ? packet[length - 1] & 0xff : 0;
        if (!started || payload < 0 || length - payload - padding < 2) {
            return; // empty ones are a browser feeling for bandwidth
        }
        packet[2] = packet[payload];
        packet[3] = packet[payload + 1];
        packet[1] = (byte) (packet[1] & 0x80 | agreed.payload().payloadType());
        SrtpCipher.putInt(packet, 8, ssrc);
        System.arraycopy(packet, 0, packet, 2, payload);
        pass(ByteBuffer.wrap(packet, 2, length - 2), nanos);
    }

    private void pass(ByteBuffer packet, long nanos) {
        int sequence = packet.getShort(packet.position() + 2) & 0xffff;
        nack.arrived(sequence, nanos);
        order.offer(packet, nanos);
    }

    /// Gives up on what stayed away too long.
    ///
    /// @return a NACK to send; null when nothing is to be asked for
    @Nullable ByteBuffer tick(long nanos, int ourSsrc) {
        order.expire(nanos);
        List<Integer> due = nack.due(nanos);
        return due.isEmpty() ? null : RtcpFeedback.writeNack(ourSsrc, ssrc, due);
    }

    boolean isWaiting() {
        return nack.isWaiting() || order.held() > 0;
    }

    long asked() {
        return nack.asked();
    }
}
