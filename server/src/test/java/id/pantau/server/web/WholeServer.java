package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.app.Server;
import id.pantau.server.app.TestServers;
import id.pantau.server.camera.StreamOpener;
import id.pantau.server.identity.SignIns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running server and a program that talks to it over HTTP.
final class WholeServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String ADMIN_PASSWORD = "a long enough password 1";

    private final Server server;
    private final HttpClient http = HttpClient.newHttpClient();

    WholeServer(Path home) {
        this.server = TestServers.start(home, ADMIN_PASSWORD);
    }

    /// @param cameras what stands in for RTSP
    WholeServer(Path home, StreamOpener cameras) {
        this.server = TestServers.start(home, ADMIN_PASSWORD, cameras);
    }

    /// @param environment settings besides: `PANTAU_TLS_MODE`
    /// @param cameras what stands in for RTSP
    WholeServer(Path home, Map<String, String> environment, StreamOpener cameras) {
        this.server = TestServers.start(home, ADMIN_PASSWORD, environment, cameras);
    }

    record Answer(int status, String body, HttpResponse<byte[]> response) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    Server server() {
        return server;
    }

    String token(String username, String password) {
        return server.bean(SignIns.class).issueToken(username, password, "192.0.2.1").accessToken();
    }

    String adminToken() {
        return token("admin", ADMIN_PASSWORD);
    }

    Answer get(@Nullable String token, String path) throws IOException, InterruptedException {
        return send(token, "GET", path, null);
    }

    /// Makes something that must be made: 201.
    JsonNode create(String token, String path, String body)
            throws IOException, InterruptedException {
        Answer answer = send(token, "POST", path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    /// A camera that nobody records, pulled while it is watched.
    void addCamera(String token, String id, String url) throws IOException, InterruptedException {
        create(
                token,
                "/api/v1/cameras",
                """
                {"id": "%s", "name": "%s", "main": {"url": "%s"}, "recording": {"mode": "off"}}
                """
                        .formatted(id, id, url));
    }

    Answer send(@Nullable String token, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                answer.statusCode(),
                new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8),
                answer);
    }

    WebSocket webSocket(@Nullable String token, String path, WebSocket.Listener listener) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        try {
            return builder.buildAsync(
                            URI.create("ws://localhost:" + server.port() + path), listener)
                    .join();
        } catch (CompletionException e) {
            throw new AssertionError("the handshake failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
