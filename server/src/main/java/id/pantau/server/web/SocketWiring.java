package id.pantau.server.web;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the WebSockets of the HTTP contract at their addresses.
@Configuration(proxyBeanMethods = false)
class SocketWiring {
    @Bean
    WebSocketEndpoint liveEndpoint(LiveSockets sockets) {
        return new WebSocketEndpoint(LiveSockets.PATTERN, sockets);
    }

    @Bean
    WebSocketEndpoint factsEndpoint(FactSockets sockets) {
        return new WebSocketEndpoint(FactSockets.PATTERN, sockets);
    }

    @Bean
    WebSocketEndpoint flvEndpoint(FlvSockets sockets) {
        return new WebSocketEndpoint(FlvSockets.PATTERN, sockets);
    }

    @Bean
    WebSocketEndpoint talkEndpoint(TalkSockets sockets) {
        return new WebSocketEndpoint(TalkSockets.PATTERN, sockets);
    }

    @Bean
    WebSocketEndpoint objectsEndpoint(ObjectSockets sockets) {
        return new WebSocketEndpoint(ObjectSockets.PATTERN, sockets);
    }

    /// Browsers offer permessage-deflate (RFC 7692) and Jetty would take it: video does not get
    /// smaller, and compressing would copy every fragment for every viewer. So the offer is not
    /// seen.
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> noCompressedSockets() {
        return factory ->
                factory.addServerCustomizers(server -> {
                    for (var connector : server.getConnectors()) {
                        var http = connector.getConnectionFactory(HttpConnectionFactory.class);
                        if (http != null) {
                            http.getHttpConfiguration()
                                    .addCustomizer((request, _) -> withoutOffer(request));
                        }
                    }
                });
    }

    private static Request withoutOffer(Request request) {
        HttpField offer = request.getHeaders().getField(HttpHeader.SEC_WEBSOCKET_EXTENSIONS);
        if (offer == null) {
            return request;
        }
        HttpFields rest =
                HttpFields.build(request.getHeaders())
                        .remove(HttpHeader.SEC_WEBSOCKET_EXTENSIONS)
                        .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return rest;
            }
        };
    }
}
