package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.app.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

/// Every route that is mapped, asked by every kind of caller; the expectations are in
/// `access-matrix.txt` beside this test.
class AccessMatrixTest {
    private static final String FILE = "access-matrix.txt";
    private static final String OTHER_CAMERA = "cam-hidden";
    private static final List<String> CALLERS =
            List.of("anonymous", "operator without right", "operator with right", "administrator");

    private record Row(String method, String pattern, List<String> expected, boolean planned) {
        String name() {
            return method + " " + pattern;
        }

        boolean unreachable() {
            return expected.getFirst().equals("none");
        }
    }

    private final TestServer server = TestServer.shared();
    private final List<Row> rows = readRows();
    private final Client admin = Client.admin();
    private final Client guard = Client.guard();

    @Test
    void everyMappedRouteHasARowAndEveryRowIsMapped() {
        Set<String> mapped = mappedRoutes();
        Set<String> served =
                rows.stream()
                        .filter(row -> !row.planned())
                        .map(Row::name)
                        .collect(Collectors.toSet());
        Set<String> planned =
                rows.stream()
                        .filter(Row::planned)
                        .map(Row::name)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(difference(mapped, served))
                .as("mapped, but without a row in %s (or still planned)", FILE)
                .isEmpty();
        assertThat(difference(served, mapped))
                .as("has a row in %s, but is not mapped", FILE)
                .isEmpty();
        planned.retainAll(mapped);
        assertThat(planned).as("served, so no longer planned").isEmpty();
    }

    @Test
    void everyRowOfTheRouteTableIsInTheMatrix() {
        Set<String> inMatrix = rows.stream().map(Row::pattern).collect(Collectors.toSet());
        Set<String> table =
                Routes.TABLE.stream()
                        .map(route -> route.pattern().getPatternString())
                        .filter(pattern ->
                                pattern.startsWith("/api/")
                                        || pattern.startsWith("/hls/")
                                        || pattern.startsWith("/flv/")
                                        || pattern.startsWith("/metrics"))
                        .collect(Collectors.toSet());

        assertThat(difference(table, inMatrix)).isEmpty();
    }

    @Test
    void everyCallerGetsWhatTheMatrixSays() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            if (row.planned()) {
                continue;
            }
            for (int caller = 0; caller < CALLERS.size(); caller++) {
                String expected = row.unreachable() ? "none" : row.expected().get(caller);
                String got = ask(row, caller);
                if (!got.equals(expected)) {
                    wrong.add(
                            "%s as %s: %s, not %s"
                                    .formatted(row.name(), CALLERS.get(caller), got, expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private String ask(Row row, int caller) throws Exception {
        ensureCameras();
        String camera = caller == 1 ? OTHER_CAMERA : TestServer.CAMERA;
        String path = concrete(row.pattern(), camera);
        Client client =
                switch (caller) {
                    case 0 -> Client.of(server);
                    case 1, 2 -> guard;
                    default -> admin;
                };
        if (row.method().equals("WS")) {
            return handshake(path, client);
        }
        String method =
                row.method().equals("FILES") || row.method().equals("ANY") ? "GET" : row.method();
        Client.Answer answer = client.send(method, path, method.equals("GET") ? null : "{}");
        if (row.method().equals("FILES")) {
            return answer.status() == 200 || answer.status() == 404
                    ? "ok"
                    : Integer.toString(answer.status());
        }
        return classify(answer);
    }

    /// Reached its controller, or how it was refused.
    private static String classify(Client.Answer answer) {
        if (answer.status() >= 500 && answer.status() != 503) {
            return answer.status() + " " + answer.text();
        }
        return switch (answer.code()) {
            case "auth.signInNeeded" -> "401";
            case "auth.administratorNeeded" -> "403";
            case "camera.notFound" -> "404";
            case "route.notFound" -> "none";
            default -> answer.status() == 405 ? "405" : "ok";
        };
    }

    /// Routes of a camera are asked with one that exists, as soon as cameras can be added.
    private void ensureCameras() {
        for (String id : List.of(TestServer.CAMERA, OTHER_CAMERA)) {
            admin.post(
                    "/api/v1/cameras",
                    Map.of(
                            "id",
                            id,
                            "name",
                            id,
                            "enabled",
                            false,
                            "main",
                            Map.of("url", "rtsp://192.0.2.1/" + id)));
        }
    }

    private static String concrete(String pattern, String camera) {
        return pattern.replace("{id}", camera)
                .replace("{username}", "nobody-matrix")
                .replace("{stream}", "main")
                .replace("{segment}", "none")
                .replace("{session}", "none")
                .replace("{run}", "0-1")
                .replace("{preset}", "none")
                .replace("{relay}", "none")
                .replace("{event}", "none")
                .replace("{model}", "none")
                .replace("{worker}", "nobody")
                .replace("{init}", "init-1")
                .replaceAll("\\{file:[^/]*", "none.svg")
                .replaceAll("\\{page:[^/]*", "live")
                .replace("/**", "/none.js");
    }

    private String handshake(String path, Client client) throws Exception {
        var closed = new CompletableFuture<String>();
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        client.requestHeaders().forEach(builder::header);
        WebSocket socket =
                builder.buildAsync(
                                URI.create("ws://127.0.0.1:" + server.port() + path),
                                new WebSocket.Listener() {
                                    @Override
                                    public CompletableFuture<?> onClose(
                                            WebSocket from, int code, String reason) {
                                        // "try again later" is an answer, as 503 is
                                        closed.complete(code == 1013 ? "ok" : "" + code);
                                        return CompletableFuture.completedFuture(null);
                                    }
                                })
                        .get(10, TimeUnit.SECONDS);
        // a session that is let in answers; one that is not is closed before it could
        closed.completeOnTimeout("ok", 500, TimeUnit.MILLISECONDS);
        String result = closed.get(10, TimeUnit.SECONDS);
        socket.abort();
        return result;
    }

    private Set<String> mappedRoutes() {
        Set<String> mapped = new TreeSet<>();
        for (HandlerMapping mapping :
                server.context().getBeansOfType(HandlerMapping.class).values()) {
            switch (mapping) {
                case RequestMappingInfoHandlerMapping methods ->
                        methods.getHandlerMethods()
                                .keySet()
                                .forEach(info -> mapped.addAll(names(info)));
                case WebSocketHandlerMapping sockets ->
                        sockets.getHandlerMap().keySet().forEach(path -> mapped.add("WS " + path));
                case AbstractUrlHandlerMapping files ->
                        files.getHandlerMap().keySet().forEach(path -> mapped.add("FILES " + path));
                default -> {} // holds no routes of its own
            }
        }
        return mapped;
    }

    private static List<String> names(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        List<String> names = new ArrayList<>();
        for (String pattern : info.getPatternValues()) {
            if (methods.isEmpty()) {
                names.add("ANY " + pattern);
            }
            methods.forEach(method -> names.add(method + " " + pattern));
        }
        return names;
    }

    private static List<Row> readRows() {
        try (var file = Objects.requireNonNull(AccessMatrixTest.class.getResourceAsStream(FILE))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(AccessMatrixTest::row)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Row row(String line) {
        List<String> words = List.of(line.strip().split(" +"));
        boolean planned = words.getLast().equals("planned");
        return new Row(words.get(0), words.get(1), words.subList(2, words.size()), planned);
    }

    private static Set<String> difference(Set<String> left, Set<String> right) {
        Set<String> rest = new TreeSet<>(left);
        rest.removeAll(right);
        return rest;
    }
}
