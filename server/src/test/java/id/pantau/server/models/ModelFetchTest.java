package id.pantau.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import id.pantau.testkit.Eventually;
import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.ModelCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a web server that does well or badly.
class ModelFetchTest {
    private static final byte[] FILE = new byte[200_000];
    private static final byte[] OTHER = new byte[FILE.length];

    static {
        new Random(5).nextBytes(FILE);
        new Random(6).nextBytes(OTHER);
    }

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    @TempDir private Path folder;
    private final List<String> ranges = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();
    private @Nullable HttpServer server;
    private volatile Answer answer = exchange -> send(exchange, 200, FILE, FILE.length);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
                    try (exchange) {
                        answer.give(exchange);
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /// @param length announced; what is missing of it is cut off
    private static void send(HttpExchange exchange, int status, byte[] body, long length)
            throws IOException {
        exchange.sendResponseHeaders(status, length);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private CatalogueModel model() throws Exception {
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(FILE));
        int port = server == null ? 0 : server.getAddress().getPort();
        return new CatalogueModel(
                "One",
                "one.onnx",
                FILE.length,
                sum,
                URI.create("http://127.0.0.1:" + port + "/one.onnx"),
                ModelCatalogue.all().getFirst().descriptor());
    }

    private Path fetch() throws Exception {
        return ModelFetch.forTests().fetch(model(), folder, progress::add);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aWholeFileIsPutInPlaceAndProgressIsTold() throws Exception {
        Path file = fetch();
        assertThat(file).isEqualTo(folder.resolve("one.onnx")).hasBinaryContent(FILE);
        assertThat(files()).containsExactly("one.onnx");
        assertThat(progress).startsWith(0L).endsWith((long) FILE.length).isSorted();
        assertThat(progress).hasSizeGreaterThan(2);
    }

    @Test
    void whatIsThereAlreadyIsNotFetchedAgain() throws Exception {
        fetch();
        fetch();
        assertThat(ranges).hasSize(1);
    }

    @Test
    void aFileWithAnotherChecksumIsThrownAwayAndAGoodOneStays() throws Exception {
        answer = exchange -> send(exchange, 200, OTHER, OTHER.length);
        Files.write(folder.resolve("one.onnx"), new byte[] {1, 2, 3}); // an older good one
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sent another file than it should");
        assertThat(folder.resolve("one.onnx")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(files()).containsExactly("one.onnx");
    }

    @Test
    void whatWasCutOffGoesOnWhereItEnded() throws Exception {
        answer = exchange -> send(exchange, 200, Arrays.copyOf(FILE, 120_000), FILE.length);
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
        assertThat(files()).containsExactly("one.onnx.part");
        long have = Files.size(folder.resolve("one.onnx.part"));
        assertThat(have).isPositive();

        answer =
                exchange -> {
                    String range = exchange.getRequestHeaders().getFirst("Range");
                    int from = Integer.parseInt(range.substring(6, range.length() - 1));
                    byte[] rest = Arrays.copyOfRange(FILE, from, FILE.length);
                    exchange.getResponseHeaders()
                            .set(
                                    "Content-Range",
                                    "bytes %d-%d/%d".formatted(from, FILE.length - 1, FILE.length));
                    send(exchange, 206, rest, rest.length);
                };
        assertThat(fetch()).hasBinaryContent(FILE);
        assertThat(ranges).containsExactly("null", "bytes=%d-".formatted(have));
        assertThat(progress).contains(have);
    }

    @Test
    void aServerThatCannotGoOnSendsAllAgain() throws Exception {
        Files.write(folder.resolve("one.onnx.part"), Arrays.copyOf(OTHER, 50_000));
        assertThat(fetch()).hasBinaryContent(FILE);
        assertThat(ranges).containsExactly("bytes=50000-");
    }

    @Test
    void aRestOfSomethingElseIsFoundOutAndTheNextTryBeginsAnew() throws Exception {
        Files.write(folder.resolve("one.onnx.part"), OTHER);
        assertThatThrownBy(this::fetch).hasMessageContaining("sent another file");
        assertThat(fetch()).hasBinaryContent(FILE);
    }

    @Test
    void anotherPartThanAskedForIsNotTaken() throws Exception {
        Files.write(folder.resolve("one.onnx.part"), Arrays.copyOf(FILE, 50_000));
        answer =
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Range", "bytes 7-9/200000");
                    send(exchange, 206, new byte[3], 3);
                };
        assertThatThrownBy(this::fetch).hasMessageContaining("another part of the file");
        assertThat(Files.size(folder.resolve("one.onnx.part"))).isEqualTo(50_000);
    }

    @Test
    void moreThanTheFileHasIsNotWritten() throws Exception {
        answer = exchange -> send(exchange, 200, new byte[FILE.length * 3], 0);
        assertThatThrownBy(this::fetch).hasMessageContaining("sends more than the 200000 bytes");
        assertThat(Files.size(folder.resolve("one.onnx.part"))).isLessThanOrEqualTo(FILE.length);
        assertThat(folder.resolve("one.onnx")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        answer = exchange -> send(exchange, 404, new byte[] {'n', 'o'}, 2);
        assertThatThrownBy(this::fetch)
                .hasMessageContaining("127.0.0.1 does not have the file (status 404)");
        assertThat(files()).isEmpty();
    }

    @Test
    void nobodyIsFollowedToAnotherAddress() throws Exception {
        var asked = new ArrayList<String>();
        HttpServer inside =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inside.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestURI().toString());
                    send(exchange, 200, FILE, FILE.length);
                    exchange.close();
                });
        inside.start();
        try {
            String elsewhere =
                    "http://127.0.0.1:%d/latest/meta-data".formatted(inside.getAddress().getPort());
            answer = exchange -> redirect(exchange, elsewhere);
            assertThatThrownBy(this::fetch).hasMessageContaining("which is not followed");
            answer = exchange -> redirect(exchange, "/two.onnx");
            assertThatThrownBy(this::fetch).hasMessageContaining("which is not followed");
            assertThat(asked).isEmpty();
            assertThat(files()).isEmpty();
        } finally {
            inside.stop(0);
        }
    }

    @Test
    void onlyHttpsIsSpokenOutsideOfTests() {
        assertThatThrownBy(() -> ModelFetch.overHttps().fetch(model(), folder, progress::add))
                .hasMessageContaining("not published anywhere");
        assertThat(ranges).isEmpty();
    }

    private Models models() throws Exception {
        return new Models(
                new ModelFolders(folder, List.of(folder)),
                file -> {
                    throw new ModelsException(ModelsException.Reason.UNUSABLE, "never tried");
                },
                List.of(model()),
                ModelFetch.forTests());
    }

    private static Model only(Models models) {
        try {
            return models.list().getFirst();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFetchIsOneJobWhoseStateIsListedAndWhoseFailureStays() throws Exception {
        var goOn = new CountDownLatch(1);
        answer =
                exchange -> {
                    exchange.sendResponseHeaders(200, FILE.length);
                    exchange.getResponseBody().write(FILE, 0, 100_000);
                    exchange.getResponseBody().flush();
                    await(goOn);
                    exchange.getResponseBody().write(OTHER, 100_000, 100_000);
                };
        try (Models models = models()) {
            String id = only(models).id();
            assertThat(only(models).installed()).isNull();
            models.fetch(id);
            Eventually.await("half of it is here", () -> received(models) == 100_000);
            assertThatThrownBy(() -> models.fetch(id))
                    .isInstanceOfSatisfying(
                            ModelsException.class,
                            e -> assertThat(e.reason()).isEqualTo(ModelsException.Reason.BUSY));
            goOn.countDown();
            Eventually.await("it failed", () -> failure(models) != null);
            assertThat(failure(models)).contains("sent another file");

            answer = exchange -> send(exchange, 200, FILE, FILE.length);
            models.fetch(id);
            Eventually.await("it is here", () -> only(models).installed() != null);
            Eventually.await("and no job is left", () -> only(models).fetch() == null);
            assertThat(only(models).inUse()).isTrue();

            models.remove(id);
            assertThat(only(models).installed()).isNull();
            assertThat(files()).isEmpty();
        }
    }

    private static long received(Models models) {
        Model.Fetch fetch = only(models).fetch();
        return fetch == null ? -1 : fetch.receivedBytes();
    }

    private static @Nullable String failure(Models models) {
        Model.Fetch fetch = only(models).fetch();
        return fetch == null ? null : fetch.failure();
    }

    @Test
    void whoClosesEndsWhatIsBeingFetched() throws Exception {
        var goOn = new CountDownLatch(1);
        answer =
                exchange -> {
                    exchange.sendResponseHeaders(200, FILE.length);
                    exchange.getResponseBody().write(FILE, 0, 100_000);
                    exchange.getResponseBody().flush();
                    await(goOn);
                };
        Models models = models();
        models.fetch(only(models).id());
        Eventually.await("half of it is here", () -> received(models) == 100_000);
        models.close(); // does not wait for the 30 s of silence: the test's own limit says so
        assertThat(folder.resolve("one.onnx")).doesNotExist();
        goOn.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNotInTheCatalogueIsNotFetched() throws Exception {
        try (Models models = models()) {
            assertThatThrownBy(() -> models.fetch("http://127.0.0.1/other"))
                    .isInstanceOfSatisfying(
                            ModelsException.class,
                            e ->
                                    assertThat(e.reason())
                                            .isEqualTo(ModelsException.Reason.NOT_FOUND));
        }
    }
}
