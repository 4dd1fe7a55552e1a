package id.pantau.server.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// Jetty's own answers, to requests so wrong that no servlet sees them, are problem documents too.
@Configuration(proxyBeanMethods = false)
class JettyConfiguration {
    /// Holds a key frame of a busy camera: most fragments then leave in one write. Without it the
    /// fan-out takes 1.4 times the CPU. Linux grants at most twice `net.core.wmem_max`.
    private static final int SEND_BUFFER_BYTES = 512 << 10;

    /// Connections that wait to be accepted; Java's own 50 are soon full when browsers come back
    /// all at once.
    private static final int ACCEPT_QUEUE = 512;

    /// A connection on which nothing moves, half-open ones included. It costs a socket and a few
    /// kilobytes, and no thread: the selector waits for it.
    private static final Duration IDLE = Duration.ofSeconds(30);

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> jettyErrors(
            JsonMapper json, HttpsDoor https) {
        return factory ->
                factory.addServerCustomizers(server -> {
                    https.open(server);
                    configure(server, json);
                });
    }

    private static void configure(Server server, JsonMapper json) {
        server.setErrorHandler(new ProblemErrorHandler(json));
        for (var connector : server.getConnectors()) {
            if (connector instanceof ServerConnector network) {
                network.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
                network.setAcceptQueueSize(ACCEPT_QUEUE);
                network.setIdleTimeout(IDLE.toMillis());
            }
            HttpConnectionFactory http =
                    connector.getConnectionFactory(HttpConnectionFactory.class);
            if (http != null) {
                HttpConfiguration configuration = http.getHttpConfiguration();
                configuration.setSendServerVersion(false);
            }
        }
    }

    private static final class ProblemErrorHandler extends ErrorHandler {
        private final JsonMapper json;

        ProblemErrorHandler(JsonMapper json) {
            this.json = json;
        }

        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int code,
                @Nullable String message,
                @Nullable Throwable cause,
                Callback callback) {
            HttpStatus known = HttpStatus.resolve(code);
            HttpStatus status = known == null ? HttpStatus.BAD_REQUEST : known;
            Problem problem =
                    status.is5xxServerError()
                            ? Problem.of(
                                    status,
                                    "server.failure",
                                    "something went wrong in the server; its log says what")
                            : Problem.of(
                                    status,
                                    "request.rejected",
                                    "the web server cannot take this request: "
                                            + status.getReasonPhrase());
            response.getHeaders()
                    .put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(problem)), callback);
        }
    }
}
