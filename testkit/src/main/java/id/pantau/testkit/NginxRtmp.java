package id.pantau.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// A real nginx with its RTMP module on a port of its own, which can die and come back. One
/// process, so that killing it is killing all of it.
public final class NginxRtmp implements AutoCloseable {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");

    private final Path folder;
    private final int port;
    private Process process;

    private NginxRtmp(Path folder, int port) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /// Whether this machine has one (Debian: `nginx` and `libnginx-mod-rtmp`).
    public static boolean isInstalled() {
        return Files.exists(NGINX) && Files.exists(MODULE);
    }

    /// Returns when it listens.
    ///
    /// @param folder for its files
    public static NginxRtmp start(Path folder) throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            socket.close();
            return new NginxRtmp(folder, port);
        }
    }

    /// Where a stream of this name is published and played.
    public URI url(String name) {
        return URI.create("rtmp://127.0.0.1:%d/live/%s".formatted(port, name));
    }

    /// Returns when it is gone.
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// On the same port as before, after [#kill()].
    public void restart() throws IOException, InterruptedException {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() throws IOException, InterruptedException {
        String configuration =
                """
                load_module %s;
                daemon off;
                master_process off;
                pid %s/nginx.pid;
                error_log %s/error.log warn;
                events { worker_connections 64; }
                rtmp { server { listen 127.0.0.1:%d; application live { live on; } } }
                """
                        .formatted(MODULE, folder, folder, port);
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        Process started =
                new ProcessBuilder(
                                NGINX.toString(),
                                "-e",
                                folder.resolve("error.log").toString(),
                                "-c",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said.log").toFile())
                        .start();
        Eventually.await("nginx listens", this::isListening);
        return started;
    }

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }
}
