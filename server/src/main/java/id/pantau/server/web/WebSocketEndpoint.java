package id.pantau.server.web;

import org.springframework.web.socket.WebSocketHandler;

/// A WebSocket of the HTTP contract: a bean of this type is served. The handler meets only sessions
/// whose user has the right [Routes] asks for; it learns who and what from [WebSockets].
///
/// @param pattern as its row in [Routes]
public record WebSocketEndpoint(String pattern, WebSocketHandler handler) {}
