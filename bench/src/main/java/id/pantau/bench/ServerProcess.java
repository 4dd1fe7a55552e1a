package id.pantau.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The product as its user runs it: the packed jar in a JVM of its own, spoken to over HTTP.
final class ServerProcess implements AutoCloseable {
    /// The only account, which may do everything.
    static final String USER = "admin";

    static final String PASSWORD = "a-benchmark-password-1";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path home;
    private final int port;
    private final List<String> javaFlags;
    private final Map<String, String> environment;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Process process;
    private String token = "";

    private ServerProcess(
            Path home, int port, List<String> javaFlags, Map<String, String> environment)
            throws IOException {
        this.home = home;
        this.port = port;
        this.javaFlags = javaFlags;
        this.environment = environment;
        this.process = launch();
    }

    /// @param javaFlags on top of those the launcher gives
    static ServerProcess start(Path home, List<String> javaFlags) throws IOException {
        return start(home, javaFlags, Map.of());
    }

    /// @param environment on top of this process's own
    static ServerProcess start(Path home, List<String> javaFlags, Map<String, String> environment)
            throws IOException {
        return new ServerProcess(home, freePort(), javaFlags, environment);
    }

    /// Starts again on the same home and port, after [#kill()] or [#close()].
    void restart() throws IOException {
        process = launch();
    }

    long pid() {
        return process.pid();
    }

    Path home() {
        return home;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String token() {
        return token;
    }

    /// Blocks until the server answers as ready, then signs in.
    void awaitReady(Duration atMost) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(atMost);
        while (!ready()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException("the server did not become ready; see " + log(home));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        JsonNode answer =
                post("/api/v1/auth/token", Map.of("username", USER, "password", PASSWORD));
        token = answer.get("accessToken").asString();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    JsonNode patch(String path, Object body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    /// How many cameras record now.
    int recording() throws IOException, InterruptedException {
        int recording = 0;
        for (JsonNode camera : get("/api/v1/cameras")) {
            String state = camera.at("/state/recording/state").asString("");
            recording += state.equals("recording") ? 1 : 0;
        }
        return recording;
    }

    /// Blocks until so many cameras record.
    void awaitRecording(int cameras, Duration atMost) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(atMost);
        for (int recording = recording(); recording < cameras; recording = recording()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("only %d of %d cameras record".formatted(recording, cameras));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    void addCamera(String id, String url) throws IOException, InterruptedException {
        addCamera(id, url, "tcp");
    }

    void addCamera(String id, String url, String transport)
            throws IOException, InterruptedException {
        addCamera(id, url, transport, Duration.ofSeconds(60));
    }

    /// @param segment length of one recorded file
    void addCamera(String id, String url, String transport, Duration segment)
            throws IOException, InterruptedException {
        post(
                "/api/v1/cameras",
                Map.of(
                        "id",
                        id,
                        "name",
                        id,
                        "main",
                        Map.of("url", url, "transport", transport),
                        "recording",
                        Map.of("mode", "continuous", "segmentMs", segment.toMillis())));
    }

    /// A camera that is pulled while somebody watches it, and never recorded.
    ///
    /// @param url `publish://` for one that is pushed
    void addOnDemand(String id, String url) throws IOException, InterruptedException {
        post(
                "/api/v1/cameras",
                Map.of(
                        "id",
                        id,
                        "name",
                        id,
                        "main",
                        Map.of("url", url),
                        "recording",
                        Map.of("mode", "off")));
    }

    /// What the account gives a player by RTSP or RTMP in place of its password.
    String streamPassword() throws IOException, InterruptedException {
        return get("/api/v1/auth/stream-password").get("password").asString();
    }

    /// As the power cut does it.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Stands still until [#thaw()].
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
        if (status != 0) {
            throw new IOException("kill %s failed".formatted(name));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri("/readyz")).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    "%s %s answered %d: %s"
                            .formatted(
                                    request.method(),
                                    request.uri().getPath(),
                                    answer.statusCode(),
                                    answer.body()));
        }
        return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
    }

    private Process launch() throws IOException {
        Files.createDirectories(home);
        List<String> command = Repository.server(javaFlags);
        command.addAll(List.of("up", "--home", home.toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("PANTAU_HTTP_PORT", Integer.toString(port));
        builder.environment().putIfAbsent("PANTAU_RTSP_PORT", "0");
        builder.environment().putIfAbsent("PANTAU_RTMP_PORT", "0");
        builder.environment().putIfAbsent("PANTAU_WEBRTC_PORT", "0");
        builder.environment().put("PANTAU_ADMIN_PASSWORD", PASSWORD);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()));
        return builder.start();
    }

    private static Path log(Path home) {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    /// Any port that nobody listens on now.
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
