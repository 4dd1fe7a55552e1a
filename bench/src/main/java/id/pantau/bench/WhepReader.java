package id.pantau.bench;

import id.pantau.testkit.WebRtcPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;

/// One WHEP reader. Opens and authenticates every packet up to its first whole key frame and a
/// sample of those behind; counts the sequence numbers that never came. One thread each.
final class WhepReader implements WebRtcPeer.Receiver {
    private static final int VIDEO = 97;
    private static final int SAMPLED = 32;

    private long firstFrameNanos = -1;
    private long startNanos;
    private boolean inKeyFrame;
    private boolean started;
    private int highest;
    private volatile long packets;
    private volatile long bytes;
    private volatile long missing;
    private volatile long opened;
    private volatile long forged;

    /// From the request to the first whole key frame; negative before it.
    long firstFrameNanos() {
        return firstFrameNanos;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    long missing() {
        return missing;
    }

    long opened() {
        return opened;
    }

    long forged() {
        return forged;
    }

    /// Reads for that long.
    void run(URI whep, HttpClient http, Duration length) throws Exception {
        try (var peer = new WebRtcPeer(WebRtcPeer.Manner.PLAYS)) {
            String offer = peer.offer();
            startNanos = System.nanoTime();
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(whep)
                                    .POST(HttpRequest.BodyPublishers.ofString(offer))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IOException(answer.body());
            }
            peer.connect(answer.body());
            peer.receive(length, this);
        }
    }

    @Override
    public void rtp(WebRtcPeer peer, byte[] packet, int length) {
        if ((packet[1] & 0x7f) != VIDEO) {
            return;
        }
        packets = packets + 1;
        bytes = bytes + length;
        int sequence = ByteBuffer.wrap(packet).getShort(2) & 0xffff;
        int ahead = started ? (short) (sequence - highest) : 1;
        if (ahead > 0) {
            missing = missing + ahead - 1;
            highest = sequence;
        } else {
            missing = missing - 1; // it was only late
        }
        started = true;
        if (firstFrameNanos < 0 || packets % SAMPLED == 0) {
            open(peer, packet, length);
        }
    }

    private void open(WebRtcPeer peer, byte[] packet, int length) {
        byte[] plain;
        try {
            plain = peer.open(packet, length);
            opened = opened + 1;
        } catch (GeneralSecurityException _) {
            forged = forged + 1;
            return;
        }
        int type = plain[12] & 31;
        int inner = type == 28 ? plain[13] & 31 : type;
        inKeyFrame |= inner == 5;
        if (firstFrameNanos < 0 && inKeyFrame && plain[1] < 0 && missing == 0) {
            firstFrameNanos = System.nanoTime() - startNanos;
        }
    }
}
