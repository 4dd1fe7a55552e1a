package id.pantau.vision.worker;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// TLS between server and worker: 1.3 alone, and both show a certificate.
final class WorkerTls {
    private WorkerTls() {}

    /// Before its handshake.
    static SSLSocket over(Socket raw, SSLContext context, boolean client) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
        tls.setUseClientMode(client);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setNeedClientAuth(!client);
        tls.setSSLParameters(parameters);
        return tls;
    }
}
