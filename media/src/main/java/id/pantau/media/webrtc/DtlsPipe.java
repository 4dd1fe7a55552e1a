package id.pantau.media.webrtc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// The datagrams below one DTLS association: out by the session's path; in from its inbox during
/// the handshake, later what the session gives. Used by the session's thread.
final class DtlsPipe implements DatagramTransport {
    private static final int LONGEST_RECEIVED = 2048;
    private static final int LONGEST_SENT = 1200;

    private final PeerSession session;
    private final BlockingQueue<byte[]> inbox;
    private final ArrayDeque<byte[]> given = new ArrayDeque<>();
    private boolean handshaking = true;

    DtlsPipe(PeerSession session, BlockingQueue<byte[]> inbox) {
        this.session = session;
        this.inbox = inbox;
    }

    static boolean isDtls(byte[] packet) {
        int first = packet[0] & 0xff;
        return first >= 20 && first <= 63; // RFC 7983 §7
    }

    void give(byte[] packet) {
        given.add(packet);
    }

    /// From here on the inbox is not read any more.
    void handshakeIsOver() {
        handshaking = false;
    }

    @Override
    public int getReceiveLimit() {
        return LONGEST_RECEIVED;
    }

    @Override
    public int getSendLimit() {
        return LONGEST_SENT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] packet = given.poll();
        if (packet == null && handshaking) {
            packet = await(waitMillis);
        }
        if (packet == null) {
            return -1;
        }
        int count = Math.min(length, packet.length);
        System.arraycopy(packet, 0, buffer, offset, count);
        return count;
    }

    private byte @Nullable [] await(int waitMillis) throws IOException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        try {
            while (true) {
                long left = until - System.nanoTime();
                byte[] packet = inbox.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
                if (packet == null || isDtls(packet)) {
                    return packet; // media that overtook the end of the handshake has no key yet
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the session was closed");
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        session.send(ByteBuffer.wrap(buffer, offset, length));
    }

    @Override
    public void close() {}
}
