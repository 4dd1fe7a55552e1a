package id.pantau.server.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Says one RTSP request and reads the head of the answer.
final class RtspClient {
    private RtspClient() {}

    /// @param authorization the whole header value; empty for none
    static String describe(int port, String path, String authorization) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return describe(socket, "rtsp", path, authorization);
        }
    }

    /// @param socket connected, with TLS over it for `rtsps`; stays open
    static String describe(Socket socket, String scheme, String path, String authorization)
            throws IOException {
        String request =
                "DESCRIBE %s://127.0.0.1:%d/%s RTSP/1.0\r\nCSeq: 1\r\n%s\r\n"
                        .formatted(
                                scheme,
                                socket.getPort(),
                                path,
                                authorization.isEmpty()
                                        ? ""
                                        : "Authorization: " + authorization + "\r\n");
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
