package id.pantau.media.rtp;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaFormat;
import java.nio.ByteBuffer;

/// Cuts the access units of one media track into RTP packets, for those we send to. Not
/// thread-safe.
public final class Packetizer {
    /// Takes a packet from position to limit; it is reused when this returns.
    @FunctionalInterface
    public interface Sink<X extends Exception> {
        void packet(ByteBuffer packet) throws X;
    }

    /// @param payloadType 0..127
    /// @param firstSequence 0..65535
    /// @param mtuBytes longest packet, RTP header included, at least 64
    public Packetizer(
            MediaFormat format, int payloadType, int ssrc, int firstSequence, int mtuBytes) {
        throw new UnsupportedOperationException("being built");
    }

    /// Of [#packetize]'s timestamps.
    public int clockRateHz() {
        throw new UnsupportedOperationException("being built");
    }

    /// @param unit of this packetizer's media track; a key frame's parameter sets go before it
    /// @return how many packets
    public <X extends Exception> int packetize(AccessUnit unit, Sink<X> sink) throws X {
        throw new UnsupportedOperationException("being built");
    }
}
