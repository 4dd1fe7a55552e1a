package id.pantau.server.camera;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A worker that dies of whatever it is asked, without a report, as for want of memory.
final class DyingWorker {
    private DyingWorker() {}

    public static void main(String[] arguments) throws IOException {
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            System.out.println("worker ready");
            try (SocketChannel connection = listener.accept()) {
                var request = new DataInputStream(Channels.newInputStream(connection));
                request.readNBytes(7); // magic, version, kind
                request.readNBytes(request.readInt());
                Runtime.getRuntime().halt(137);
            }
        }
    }
}
