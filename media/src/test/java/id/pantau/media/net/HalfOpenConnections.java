package id.pantau.media.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Many connections of one address of this machine that say little or nothing.
public final class HalfOpenConnections implements AutoCloseable {
    /// Counts this machine's connections, too.
    public static final PendingLimits EIGHT_OF_EACH = new PendingLimits(8, _ -> false);

    private final List<Socket> sockets = new ArrayList<>();

    private HalfOpenConnections() {}

    /// @param from such as `127.0.0.2`
    /// @param first what each of them says, if it is still let
    public static HalfOpenConnections open(
            InetSocketAddress to, String from, int count, byte[] first) throws IOException {
        var all = new HalfOpenConnections();
        InetAddress source = InetAddress.getByName(from);
        for (int i = 0; i < count; i++) {
            var socket = new Socket(to.getAddress(), to.getPort(), source, 0);
            all.sockets.add(socket);
            try {
                socket.getOutputStream().write(first);
            } catch (IOException _) {
                // refused already
            }
        }
        return all;
    }

    public void each(Consumer<Socket> action) {
        sockets.forEach(action);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
