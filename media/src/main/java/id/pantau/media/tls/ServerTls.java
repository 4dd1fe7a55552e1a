package id.pantau.media.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The server's side of TLS over a connection that was accepted.
public final class ServerTls {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"}; // older ones: RFC 8996

    private ServerTls() {}

    /// A new array of the versions that are spoken, by their names in the JDK.
    public static String[] versions() {
        return VERSIONS.clone();
    }

    /// Before its handshake; closing it closes both.
    ///
    /// @param accepted whose bytes nobody has read
    /// @param context with the server's key and certificate
    public static SSLSocket over(Socket accepted, SSLContext context) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
        tls.setUseClientMode(false);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(versions());
        parameters.setUseCipherSuitesOrder(true);
        tls.setSSLParameters(parameters);
        return tls;
    }
}
