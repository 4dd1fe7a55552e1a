package id.pantau.media.rtsp;

import id.pantau.media.StreamEnd.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The TCP connection to a camera, with TLS where the URL says so. Blocking; an interrupt closes it
/// and ends whatever waits on it with [InterruptedException].
final class RtspConnection implements Closeable {
    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String where;
    private volatile boolean readingStopped;

    private RtspConnection(SocketChannel channel, Socket socket, String where) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.where = where;
    }

    /// Tries every address of the host, one after the other, within `timeout` each.
    static RtspConnection open(URI url, Duration timeout)
            throws AttemptOverException, InterruptedException {
        String host = url.getHost();
        int port = RtspUrl.port(url);
        String where = host + ':' + port;
        IOException last = null;
        for (InetAddress address : resolve(host)) {
            try {
                return open(address, port, url, timeout, where);
            } catch (SSLException e) {
                throw new AttemptOverException(
                        Reason.TLS_FAILED, where + " does not agree on TLS: " + said(e) + ".", e);
            } catch (IOException e) {
                throwIfInterrupted();
                last = e;
            }
        }
        String why = last instanceof SocketTimeoutException ? "no answer" : said(last);
        throw new AttemptOverException(
                Reason.UNREACHABLE, "Cannot connect to %s: %s.".formatted(where, why), last);
    }

    private static InetAddress[] resolve(String host) throws AttemptOverException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new AttemptOverException(
                    Reason.HOST_UNKNOWN, "The host name %s is not known.".formatted(host), e);
        }
    }

    private static RtspConnection open(
            InetAddress address, int port, URI url, Duration timeout, String where)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            Socket socket = channel.socket();
            int timeoutMs = Math.toIntExact(timeout.toMillis());
            socket.connect(new InetSocketAddress(address, port), timeoutMs);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (!RtspUrl.isTls(url)) {
                return new RtspConnection(channel, socket, where);
            }
            SSLSocket tls = CameraTls.over(socket, url.getHost(), port);
            tls.setSoTimeout(timeoutMs);
            try {
                tls.startHandshake();
            } catch (SocketTimeoutException e) {
                throw new SSLException("no answer to the handshake", e);
            }
            return new RtspConnection(channel, tls, where);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /// Host and port, for sentences.
    String where() {
        return where;
    }

    InetAddress remoteAddress() {
        return socket.getInetAddress();
    }

    /// Reads once into the input, whatever is there, waiting for the first byte.
    ///
    /// @param timeoutMs 0 waits for ever
    /// @return bytes read, 0 when the time passed, -1 when the camera closed the connection or
    ///   [#stopReading()] was called
    int fill(RtspInput input, int timeoutMs) throws AttemptOverException, InterruptedException {
        try {
            socket.setSoTimeout(timeoutMs);
            return input.fill(in);
        } catch (SocketTimeoutException _) {
            return 0;
        } catch (IOException e) {
            if (readingStopped) {
                return -1; // TLS has no quiet end
            }
            throw lost(e);
        }
    }

    /// Ends a read that waits, and every later one; sending stays possible. From any thread.
    void stopReading() {
        readingStopped = true;
        try {
            channel.shutdownInput();
        } catch (IOException _) {
            // closed meanwhile, which ends the read as well
        }
    }

    /// Sends all of it. Meant for a buffer that is empty: before media flows nothing fills it.
    void send(ByteBuffer bytes) throws AttemptOverException, InterruptedException {
        try {
            out.write(bytes.array(), bytes.position(), bytes.remaining());
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// Sends all of it, or gives up after `timeout`: for a camera that sends and does not read.
    void send(ByteBuffer bytes, Duration timeout)
            throws AttemptOverException, InterruptedException {
        var failure = new IOException[1];
        Thread writer =
                Thread.startVirtualThread(() -> {
                    try {
                        out.write(bytes.array(), bytes.position(), bytes.remaining());
                    } catch (IOException e) {
                        failure[0] = e;
                    }
                });
        if (!writer.join(timeout)) {
            close();
            throw new AttemptOverException(
                    Reason.CONNECTION_LOST, where + " no longer reads what it is sent.");
        }
        if (failure[0] != null) {
            throw lost(failure[0]);
        }
    }

    /// The channel itself, for waiting on it together with others; only without TLS. The blocking
    /// methods cannot be used while it is non-blocking.
    SocketChannel channel() {
        return channel;
    }

    AttemptOverException lost(IOException e) throws InterruptedException {
        throwIfInterrupted();
        return new AttemptOverException(
                Reason.CONNECTION_LOST,
                "The connection to %s broke: %s.".formatted(where, said(e)),
                e);
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static String said(@Nullable Throwable e) {
        String message = e == null ? null : e.getMessage();
        return message == null ? "no reason given" : message;
    }

    @Override
    public void close() {
        try {
            channel.close(); // before the TLS socket, whose close would wait for the camera
            socket.close();
        } catch (IOException _) {
            // nothing is kept that could be lost
        }
    }
}
