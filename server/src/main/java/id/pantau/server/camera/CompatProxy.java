package id.pantau.server.camera;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import id.pantau.media.StreamEnd;
import id.pantau.server.camera.UrlRules.UrlRefused;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP proxy that FFmpeg has to use (RFC 9110 §7.6, §9.3.6), on the loopback address. FFmpeg
/// follows redirects and playlists by itself, and a playlist is written by whoever answers: here
/// every single connection is put to the rules, and goes to the very address that was checked.
final class CompatProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompatProxy.class);

    private static final int CONNECT_MS = 5000;
    private static final String USER = "pantau";

    private final UrlRules rules;
    private final ServerSocket listener;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Pass> passes = new ConcurrentHashMap<>(); // by what is sent

    /// One attempt's right to use the proxy, and what became of it.
    final class Pass implements AutoCloseable {
        private final String token;
        private volatile @Nullable StreamEnd failure;

        private Pass(String token) {
            this.token = token;
        }

        /// For FFmpeg; other programs of this machine do not know it.
        String proxyUrl() {
            return "http://%s:%s@127.0.0.1:%d".formatted(USER, token, listener.getLocalPort());
        }

        /// Why the last connection was not made; null when it was.
        @Nullable StreamEnd failure() {
            return failure;
        }

        @Override
        public void close() {
            passes.remove(credentials(token));
        }
    }

    private CompatProxy(UrlRules rules, ServerSocket listener) {
        this.rules = rules;
        this.listener = listener;
    }

    static CompatProxy start(UrlRules rules) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var proxy = new CompatProxy(rules, new ServerSocket(0, 64, loopback));
        Thread.ofVirtual().name("compat-proxy").start(proxy::accept);
        return proxy;
    }

    Pass pass() {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        var pass = new Pass(HexFormat.of().formatHex(secret));
        passes.put(credentials(pass.token), pass);
        return pass;
    }

    /// Connections that are open end with their clients.
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException _) {
            // it takes no more connections either way
        }
    }

    private static String credentials(String token) {
        return Base64.getEncoder().encodeToString((USER + ":" + token).getBytes(ISO_8859_1));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().name("compat-proxied").start(() -> serve(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            ProxyRequest request = ProxyRequest.read(in);
            Pass pass = passes.get(request.credentials());
            if (pass == null) {
                answer(
                        client,
                        "407 Proxy Authentication Required",
                        "Proxy-Authenticate: Basic realm=\"pantau\"\r\n");
                return;
            }
            try (Socket server = connect(request, pass)) {
                if (request.isTunnel()) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                } else {
                    server.getOutputStream().write(request.forOrigin());
                }
                Thread.ofVirtual().name("compat-upload").start(() -> copy(client, server));
                copy(server, client);
            } catch (UrlRefused refused) {
                LOG.warn("a stream read through FFmpeg leads elsewhere: {}", refused.sentence());
                fail(client, pass, StreamEnd.Reason.URL_REFUSED, refused.sentence());
            } catch (UnknownHostException _) {
                fail(
                        client,
                        pass,
                        StreamEnd.Reason.HOST_UNKNOWN,
                        "No machine called %s is known.".formatted(request.host()));
            } catch (IOException e) {
                fail(
                        client,
                        pass,
                        StreamEnd.Reason.UNREACHABLE,
                        "%s does not answer: %s.".formatted(request.host(), e.getMessage()));
            }
        } catch (IOException _) {
            // the client went away, or sent what is no request
        }
    }

    private Socket connect(ProxyRequest request, Pass pass) throws IOException, UrlRefused {
        InetAddress address = rules.resolve(request.host(), request.port()).getFirst();
        var server = new Socket();
        try {
            server.connect(new InetSocketAddress(address, request.port()), CONNECT_MS);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        pass.failure = null;
        return server;
    }

    private static void fail(Socket client, Pass pass, StreamEnd.Reason reason, String sentence)
            throws IOException {
        pass.failure = new StreamEnd(reason, sentence);
        answer(client, "502 Bad Gateway", "");
    }

    private static void answer(Socket client, String status, String headers) throws IOException {
        String head = "HTTP/1.1 %s\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(head.formatted(status, headers).getBytes(ISO_8859_1));
    }

    /// Until either has had enough, which ends both.
    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // the other direction has closed them
        }
    }
}
