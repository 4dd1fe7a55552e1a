package id.pantau.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.Mutation;
import id.pantau.media.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.junit.jupiter.api.Test;

/// Damaged flights of DTLS: no stranger's finishes a handshake, and none lasts longer than its
/// datagrams.
class DtlsMutationTest {
    private static final Mutation.Bound BOUND = new Mutation.Bound(16 << 20, 4000);
    private static final int MOST_DATAGRAMS = 30;

    @Test
    void noDamageToAFlightFinishesAHandshake() throws Exception {
        var seeds = new ArrayList<byte[]>();
        seeds.add(packed(hello()));
        if (Samples.present()) {
            for (Path file : Samples.list("webrtc/pcap", "")) {
                List<byte[]> records =
                        CapturedDatagrams.of(file).stream()
                                .filter(one -> one.length > 13 && DtlsPipe.isDtls(one))
                                .limit(MOST_DATAGRAMS)
                                .toList();
                if (!records.isEmpty()) {
                    seeds.add(packed(records));
                }
            }
            assertThat(seeds).hasSizeGreaterThan(5);
        }
        DtlsIdentity identity = DtlsIdentity.generate();
        for (byte[] seed : seeds) {
            read(identity, seed);
        }
        new Mutation("dtls", 1, seeds, BOUND).run(input -> read(identity, input));
    }

    private static void read(DtlsIdentity identity, byte[] input) {
        try {
            new DTLSServerProtocol()
                    .accept(new DtlsAnswerer(identity, List.of()), new Pipe(datagrams(input)));
        } catch (IOException | RuntimeException _) {
            return; // the session catches both
        }
        throw new AssertionError("a handshake with a stranger");
    }

    /// What a client sends first.
    private static List<byte[]> hello() {
        var pipe = new Pipe(List.of());
        var client =
                new DefaultTlsClient(new JcaTlsCryptoProvider().create(new SecureRandom())) {
                    @Override
                    public TlsAuthentication getAuthentication() {
                        throw new IllegalStateException("nobody answers");
                    }

                    @Override
                    protected ProtocolVersion[] getSupportedVersions() {
                        return ProtocolVersion.DTLSv12.only();
                    }
                };
        try {
            new DTLSClientProtocol().connect(client, pipe);
        } catch (IOException _) {
            return List.copyOf(pipe.sent);
        }
        throw new AssertionError("nobody answered, and it connected");
    }

    /// Each datagram with its length before it, so that damage reaches the borders, too.
    private static byte[] packed(List<byte[]> datagrams) {
        var packed = new ByteArrayOutputStream();
        for (byte[] one : datagrams) {
            packed.write(one.length >> 8);
            packed.write(one.length);
            packed.writeBytes(one);
        }
        return packed.toByteArray();
    }

    private static List<byte[]> datagrams(byte[] packed) {
        var datagrams = new ArrayList<byte[]>();
        ByteBuffer in = ByteBuffer.wrap(packed);
        while (in.remaining() > 2 && datagrams.size() < MOST_DATAGRAMS) {
            byte[] one = new byte[Math.min(in.getShort() & 0xffff, in.remaining())];
            in.get(one);
            datagrams.add(one);
        }
        return datagrams;
    }

    /// Gives what it was given, then ends; keeps what is sent.
    private static final class Pipe implements DatagramTransport {
        final List<byte[]> sent = new ArrayList<>();
        private final ArrayDeque<byte[]> left;

        Pipe(List<byte[]> datagrams) {
            left = new ArrayDeque<>(datagrams);
        }

        @Override
        public int getReceiveLimit() {
            return 2048;
        }

        @Override
        public int getSendLimit() {
            return 1200;
        }

        @Override
        public int receive(byte[] into, int at, int length, int waitMs) throws IOException {
            byte[] next = left.poll();
            if (next == null) {
                throw new IOException("no more");
            }
            int count = Math.min(length, next.length);
            System.arraycopy(next, 0, into, at, count);
            return count;
        }

        @Override
        public void send(byte[] bytes, int at, int length) {
            byte[] one = new byte[length];
            System.arraycopy(bytes, at, one, 0, length);
            sent.add(one);
        }

        @Override
        public void close() {}
    }
}
