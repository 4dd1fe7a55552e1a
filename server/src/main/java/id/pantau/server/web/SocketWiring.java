package id.pantau.server.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the WebSockets of the HTTP contract at their addresses.
@Configuration
class SocketWiring {
    @Bean
    WebSocketEndpoint liveEndpoint(LiveSockets sockets) {
        return new WebSocketEndpoint(LiveSockets.PATTERN, sockets);
    }

    @Bean
    WebSocketEndpoint factsEndpoint(FactSockets sockets) {
        return new WebSocketEndpoint(FactSockets.PATTERN, sockets);
    }
}
