package id.pantau.server.web;

import id.pantau.server.app.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An HTTP client of the test server: a program with a bearer token, or a browser with cookies.
public final class Client {
    /// @param json a missing node when the body is no JSON
    public record Answer(
            int status, JsonNode json, String text, Map<String, List<String>> headers) {
        public String code() {
            return json.path("code").asString("");
        }

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final int port;
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> cookies = new HashMap<>();

    private Client(int port) {
        this.port = port;
    }

    public static Client of(TestServer server) {
        return new Client(server.port());
    }

    /// A program signed in at the shared server.
    public static Client bearer(String username, String password) {
        Client client = of(TestServer.shared());
        Answer answer =
                client.post(
                        "/api/v1/auth/token", Map.of("username", username, "password", password));
        if (answer.status() != 200) {
            throw new AssertionError("no token: " + answer);
        }
        return client.header(
                "Authorization", "Bearer " + answer.json().path("accessToken").asString());
    }

    /// A browser signed in at the shared server.
    public static Client browser(String username, String password) {
        Client client = of(TestServer.shared());
        Answer answer =
                client.post(
                        "/api/v1/auth/login", Map.of("username", username, "password", password));
        if (answer.status() != 200) {
            throw new AssertionError("no login session: " + answer);
        }
        return client.header("X-CSRF-Token", client.cookie("PANTAU_CSRF"));
    }

    public static Client admin() {
        return bearer(TestServer.ADMIN, TestServer.ADMIN_PASSWORD);
    }

    public static Client guard() {
        return bearer(TestServer.GUARD, TestServer.GUARD_PASSWORD);
    }

    public Client header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Client without(String header) {
        headers.remove(header);
        return this;
    }

    /// Value of a cookie the server set; empty when it did not.
    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    public Client withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    public Map<String, String> requestHeaders() {
        return Map.copyOf(headers);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, JSON.writeValueAsString(body));
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, JSON.writeValueAsString(body));
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /// @param body JSON text; null for none
    public Answer send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.setHeader("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        headers.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    String.join(
                            "; ",
                            cookies.entrySet().stream()
                                    .map(e -> e.getKey() + "=" + e.getValue())
                                    .toList()));
        }
        return answer(request.build());
    }

    private Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            for (String cookie : response.headers().allValues("Set-Cookie")) {
                String pair = cookie.substring(0, cookie.indexOf(';'));
                cookies.put(
                        pair.substring(0, pair.indexOf('=')),
                        pair.substring(pair.indexOf('=') + 1));
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode json =
                    type.contains("json") && !response.body().isEmpty()
                            ? JSON.readTree(response.body())
                            : JSON.missingNode();
            return new Answer(
                    response.statusCode(), json, response.body(), response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
