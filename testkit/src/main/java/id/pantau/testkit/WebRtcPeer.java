package id.pantau.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/// The smallest WebRTC client there can be: one address, full ICE against a lite peer, DTLS client,
/// SRTP. Plays and publishes whatever its packets hold, and misbehaves as asked. It shares no code
/// with the product's side. One thread connects and receives; any may send.
public final class WebRtcPeer implements AutoCloseable {
    /// What the peer offers, and what it does wrong.
    ///
    /// @param videoLines `m=video` section without transport lines; empty for none
    /// @param audioLines `m=audio` section without transport lines; empty for none
    /// @param counterModeOnly whether AES-GCM is not offered
    /// @param wrongPassword whether its connectivity checks are signed with another password
    /// @param wrongFingerprint whether the offer names another certificate than it shows
    /// @param tcp whether it connects by the answer's TCP candidate
    public record Manner(
            List<String> videoLines,
            List<String> audioLines,
            boolean counterModeOnly,
            boolean wrongPassword,
            boolean wrongFingerprint,
            boolean tcp) {
        public static final Manner PLAYS =
                new Manner(
                        List.of(
                                "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98",
                                "a=recvonly",
                                "a=rtpmap:96 VP8/90000",
                                "a=rtpmap:97 H264/90000",
                                "a=fmtp:97 level-asymmetry-allowed=1;packetization-mode=1;"
                                        + "profile-level-id=42e01f",
                                "a=rtpmap:98 H265/90000"),
                        List.of(
                                "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8",
                                "a=recvonly",
                                "a=rtpmap:111 opus/48000/2"),
                        false,
                        false,
                        false,
                        false);

        public Manner withVideo(String... lines) {
            return new Manner(
                    List.of(lines),
                    audioLines,
                    counterModeOnly,
                    wrongPassword,
                    wrongFingerprint,
                    tcp);
        }

        public Manner withAudio(String... lines) {
            return new Manner(
                    videoLines,
                    List.of(lines),
                    counterModeOnly,
                    wrongPassword,
                    wrongFingerprint,
                    tcp);
        }

        public Manner inCounterMode() {
            return new Manner(videoLines, audioLines, true, wrongPassword, wrongFingerprint, tcp);
        }

        public Manner withWrongPassword() {
            return new Manner(videoLines, audioLines, counterModeOnly, true, wrongFingerprint, tcp);
        }

        public Manner withWrongFingerprint() {
            return new Manner(videoLines, audioLines, counterModeOnly, wrongPassword, true, tcp);
        }

        public Manner overTcp() {
            return new Manner(
                    videoLines, audioLines, counterModeOnly, wrongPassword, wrongFingerprint, true);
        }
    }

    /// Takes what arrives, on the peer's thread.
    public interface Receiver {
        /// @param packet one protected packet, from 0 to `length`; opened by [WebRtcPeer#open]
        void rtp(WebRtcPeer peer, byte[] packet, int length) throws GeneralSecurityException;
    }

    private static final int LONGEST = 2048;
    private static final Duration CHECK_EVERY = Duration.ofMillis(2500);
    private static final PeerDtls.Identity IDENTITY = identity();

    private final Manner manner;
    private final DatagramSocket socket;
    private final String ufrag = "peer";
    private final String password = "peer-password-0123456789";
    private final byte[] buffer = new byte[LONGEST];
    private final ArrayDeque<byte[]> early = new ArrayDeque<>();
    private final ReentrantLock sending = new ReentrantLock(); // ciphers are not thread-safe
    private Socket tcp = new Socket();
    private InetSocketAddress server = new InetSocketAddress(0);
    private String username = "";
    private String theirPassword = "";
    private String theirFingerprint = "";
    private PeerDtls dtls = new PeerDtls(IDENTITY, "");
    private volatile boolean connected;
    private volatile boolean closed;
    private PeerSrtp incoming;
    private PeerSrtp outgoing;
    private DTLSTransport transport;

    @SuppressWarnings("NullAway") // the ciphers and the transport come with the connection
    public WebRtcPeer(Manner manner) throws IOException {
        this.manner = manner;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(1 << 20);
        socket.setSendBufferSize(1 << 20);
    }

    private static PeerDtls.Identity identity() {
        try {
            return PeerDtls.Identity.generate();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String offer() throws IOException {
        String fingerprint = IDENTITY.fingerprint();
        if (manner.wrongFingerprint) {
            fingerprint = fingerprint.replace('A', 'B').replace('0', '1');
        }
        var sdp = new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        String mids = manner.videoLines.isEmpty() ? "1" : manner.audioLines.isEmpty() ? "0" : "0 1";
        sdp.append("a=group:BUNDLE ").append(mids).append("\r\n");
        int mid = 0;
        for (List<String> section : List.of(manner.videoLines, manner.audioLines)) {
            for (String line : section) {
                sdp.append(line).append("\r\n");
            }
            if (!section.isEmpty()) {
                sdp.append(
                        """
                        c=IN IP4 0.0.0.0\r
                        a=mid:%d\r
                        a=rtcp-mux\r
                        a=setup:actpass\r
                        a=ice-ufrag:%s\r
                        a=ice-pwd:%s\r
                        a=fingerprint:sha-256 %s\r
                        """
                                .formatted(mid, ufrag, password, fingerprint));
            }
            mid++;
        }
        return sdp.toString();
    }

    /// Checks connectivity and shakes hands; blocks until that is done.
    ///
    /// @throws SocketTimeoutException when no check is answered within 3 s
    public void connect(String answer) throws IOException {
        Matcher candidate =
                Pattern.compile(
                                manner.tcp
                                        ? "a=candidate:\\S+ 1 tcp \\d+ (\\S+) (\\d+) typ host tcptype passive"
                                        : "a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ host")
                        .matcher(answer);
        if (!candidate.find()) {
            throw new IOException("no candidate in " + answer);
        }
        int port = Integer.parseInt(candidate.group(2));
        server = new InetSocketAddress(candidate.group(1), port);
        username = line(answer, "ice-ufrag:") + ":" + ufrag;
        theirPassword = manner.wrongPassword ? "wrong" : line(answer, "ice-pwd:");
        theirFingerprint = line(answer, "fingerprint:sha-256 ");
        if (manner.tcp) {
            tcp.connect(server, 3000);
            tcp.setTcpNoDelay(true);
        }
        awaitCheck();
        try {
            int[] profiles =
                    manner.counterModeOnly
                            ? new int[] {PeerDtls.COUNTER_MODE}
                            : new int[] {PeerDtls.GCM, PeerDtls.COUNTER_MODE};
            dtls = new PeerDtls(IDENTITY, theirFingerprint, profiles);
            transport = new DTLSClientProtocol().connect(dtls, new Pipe());
            incoming = dtls.incoming();
            outgoing = dtls.outgoing();
            connected = true;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String line(String sdp, String name) throws IOException {
        return sdp.lines()
                .filter(line -> line.startsWith("a=" + name))
                .map(line -> line.substring(2 + name.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " in " + sdp));
    }

    private void awaitCheck() throws IOException {
        for (int attempt = 0; attempt < 15; attempt++) {
            check();
            long until = System.nanoTime() + 200_000_000;
            while (System.nanoTime() < until) {
                int length = receive(50);
                if (length > 0 && buffer[0] == 1 && buffer[1] == 1) {
                    return;
                }
                if (length > 0) {
                    early.add(Arrays.copyOf(buffer, length));
                }
            }
        }
        throw new SocketTimeoutException("no connectivity check was answered");
    }

    /// Sends a connectivity check, which also says that we still want the media.
    public void check() throws IOException {
        byte[] name = username.getBytes(StandardCharsets.UTF_8);
        int padded = name.length + 3 & ~3;
        ByteBuffer out = ByteBuffer.allocate(20 + 4 + padded + 8 + 12 + 4 + 24 + 8);
        out.putShort((short) 1).putShort((short) 0).putInt(0x2112_A442);
        out.putInt(ThreadLocalRandom.current().nextInt()).putLong(System.nanoTime());
        out.putShort((short) 6).putShort((short) name.length).put(name);
        out.position(20 + 4 + padded);
        out.putShort((short) 0x24).putShort((short) 4).putInt(1_862_270_975);
        out.putShort((short) 0x802A).putShort((short) 8).putLong(1);
        out.putShort((short) 0x25).putShort((short) 0);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(theirPassword.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            out.putShort(2, (short) (out.position() + 24 - 20));
            mac.update(out.array(), 0, out.position());
            out.putShort((short) 8).putShort((short) 20).put(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        out.putShort(2, (short) (out.position() + 8 - 20));
        var crc = new CRC32();
        crc.update(out.array(), 0, out.position());
        int fingerprint = (int) crc.getValue() ^ 0x5354_554e;
        out.putShort((short) 0x8028).putShort((short) 4).putInt(fingerprint);
        sendRaw(out.array(), 0, out.position());
    }

    /// Receives until the length of time is over, or [#close()], and checks consent meanwhile.
    public void receive(Duration length, Receiver receiver)
            throws IOException, GeneralSecurityException {
        long until = System.nanoTime() + length.toNanos();
        long checkedNanos = System.nanoTime();
        while (!closed && System.nanoTime() < until) {
            int count = receive(20);
            int first = buffer[0] & 0xff;
            if (count > 12 && first >= 128 && first < 192) {
                int kind = buffer[1] & 0xff;
                if (kind < 192 || kind > 223) {
                    receiver.rtp(this, buffer, count);
                }
            }
            if (System.nanoTime() - checkedNanos > CHECK_EVERY.toNanos()) {
                checkedNanos = System.nanoTime();
                check();
            }
        }
    }

    /// @return the plain packet
    /// @throws GeneralSecurityException when it is not authentic
    public byte[] open(byte[] packet, int length) throws GeneralSecurityException {
        return incoming.openRtp(packet, length);
    }

    /// Whether AES-GCM was agreed.
    public boolean isGcm() {
        return dtls.isGcm();
    }

    public boolean isConnected() {
        return connected;
    }

    /// Asks for packets again.
    public void nack(int mediaSsrc, int... sequences) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(12 + 4 * sequences.length);
        out.put((byte) 0x81).put((byte) 205).putShort((short) (2 + sequences.length));
        out.putInt(1).putInt(mediaSsrc);
        for (int sequence : sequences) {
            out.putShort((short) sequence).putShort((short) 0);
        }
        sendRtcp(out.array());
    }

    /// Asks for a key frame.
    public void pictureLoss(int mediaSsrc) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(12).put((byte) 0x81).put((byte) 206);
        out.putShort((short) 2).putInt(1).putInt(mediaSsrc);
        sendRtcp(out.array());
    }

    public void sendRtcp(byte[] plain) throws IOException {
        sending.lock();
        try {
            byte[] packet = outgoing.protectRtcp(plain);
            sendRaw(packet, 0, packet.length);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } finally {
            sending.unlock();
        }
    }

    public void sendRtp(byte[] plain) throws IOException {
        sendRaw(protect(plain));
    }

    /// For those who send something else than they protected.
    public byte[] protect(byte[] plain) throws IOException {
        sending.lock();
        try {
            return outgoing.protectRtp(plain);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } finally {
            sending.unlock();
        }
    }

    public void sendRaw(byte[] packet) throws IOException {
        sendRaw(packet, 0, packet.length);
    }

    private void sendRaw(byte[] bytes, int offset, int length) throws IOException {
        if (manner.tcp) {
            byte[] frame = new byte[2 + length];
            frame[0] = (byte) (length >>> 8);
            frame[1] = (byte) length;
            System.arraycopy(bytes, offset, frame, 2, length);
            tcp.getOutputStream().write(frame);
        } else {
            socket.send(new DatagramPacket(bytes, offset, length, server));
        }
    }

    /// @return the length of what is in the buffer now; -1 when nothing came
    private int receive(int waitMillis) throws IOException {
        try {
            if (manner.tcp) {
                tcp.setSoTimeout(Math.max(1, waitMillis));
                var input = new DataInputStream(tcp.getInputStream());
                int length = input.readUnsignedShort();
                tcp.setSoTimeout(2000);
                input.readFully(buffer, 0, length);
                return length;
            }
            socket.setSoTimeout(Math.max(1, waitMillis));
            var packet = new DatagramPacket(buffer, LONGEST);
            socket.receive(packet);
            return packet.getLength();
        } catch (SocketTimeoutException _) {
            return -1;
        }
    }

    /// Says goodbye (DTLS close_notify) and lets go.
    @Override
    public void close() throws IOException {
        closed = true;
        if (connected) {
            transport.close();
        }
        socket.close();
        tcp.close();
    }

    /// Vanishes without a word.
    public void vanish() throws IOException {
        closed = true;
        socket.close();
        tcp.close();
    }

    private final class Pipe implements DatagramTransport {
        @Override
        public int getReceiveLimit() {
            return LONGEST;
        }

        @Override
        public int getSendLimit() {
            return 1200;
        }

        @Override
        public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
            byte[] waiting = early.poll();
            if (waiting != null) {
                System.arraycopy(waiting, 0, into, offset, waiting.length);
                return waiting.length;
            }
            int count = WebRtcPeer.this.receive(waitMillis);
            int first = buffer[0] & 0xff;
            if (count <= 0 || first < 20 || first > 63) {
                return -1;
            }
            System.arraycopy(buffer, 0, into, offset, count);
            return count;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) throws IOException {
            sendRaw(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
