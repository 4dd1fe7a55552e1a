package id.pantau.server.web;

import id.pantau.media.tls.ServerTls;
import id.pantau.server.tls.ServerCertificate;
import id.pantau.server.tls.Tls;
import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The web server's second port, HTTP inside TLS, where TLS is on. The first one then takes TLS,
/// too: a browser that was told to come encrypted (HSTS, RFC 6797 §8.3) keeps the port it was given
/// and would find a server that does not understand it.
@Component
public class HttpsDoor {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsDoor.class);

    private final HttpsSettings settings;
    private final Tls tls;
    private volatile @Nullable ServerConnector connector; // null without TLS

    HttpsDoor(HttpsSettings settings, Tls tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /// The TCP port really taken; empty without TLS or while the web server does not run.
    public OptionalInt port() {
        ServerConnector running = connector;
        return running == null || running.getLocalPort() <= 0
                ? OptionalInt.empty()
                : OptionalInt.of(running.getLocalPort());
    }

    /// Adds the port to a web server before its start.
    void open(Server server) {
        if (!tls.isOn()) {
            return;
        }
        ServerConnector plain = (ServerConnector) server.getConnectors()[0];
        HttpConfiguration http =
                plain.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
        // no check of the name that was asked for: the server is reached by addresses, too
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server contexts = contexts();
        plain.addFirstConnectionFactory(new DetectorConnectionFactory(encrypted(contexts)));
        var added =
                new ServerConnector(
                        server,
                        encrypted(contexts),
                        new HttpConnectionFactory(new HttpConfiguration(http)));
        added.setName("https"); // in the metrics
        added.setHost(settings.address());
        added.setPort(settings.port());
        server.addConnector(added);
        connector = added;
    }

    private SslContextFactory.Server contexts() {
        var contexts = new SslContextFactory.Server();
        contexts.setSslContext(tls.context());
        contexts.setIncludeProtocols(ServerTls.versions());
        tls.listen(next -> renew(contexts, next));
        return contexts;
    }

    private static SslConnectionFactory encrypted(SslContextFactory.Server contexts) {
        return new SslConnectionFactory(contexts, HttpVersion.HTTP_1_1.asString());
    }

    /// Connections that are open go on as they are.
    private static void renew(SslContextFactory.Server contexts, SSLContext next) {
        try {
            contexts.reload(factory -> factory.setSslContext(next));
        } catch (Exception e) { // Jetty's signature
            LOG.error("HTTPS goes on with the old certificate", e);
        }
    }

    /// Where plain HTTP leads other machines; empty for nowhere.
    OptionalInt redirectPort() {
        return settings.redirect() ? port() : OptionalInt.empty();
    }

    /// Whether a browser that was sent this request may be told to always come encrypted. Not with
    /// a certificate nobody vouches for: it could then not even be accepted by hand any more.
    boolean isTrusted(HttpServletRequest request) {
        return request.isSecure()
                && !tls.certificate().map(ServerCertificate::isSelfSigned).orElse(false);
    }
}
