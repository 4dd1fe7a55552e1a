package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.StreamSignal;
import id.pantau.testkit.GoldenMedia;
import id.pantau.vision.FfmpegProgram;
import id.pantau.vision.worker.VisionWorker;
import id.pantau.vision.worker.WorkerCommand;
import id.pantau.vision.worker.WorkerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where FFmpeg may go when what answers sends it elsewhere.
@Timeout(120)
class CompatProxyTest {
    @TempDir Path home;
    @TempDir Path folder;
    private final AtomicInteger forbiddenRequests = new AtomicInteger();
    private HttpServer source;
    private HttpServer forbidden;
    private WorkerProcess worker;
    private CompatOpener opener;

    @BeforeEach
    void start() throws Exception {
        FfmpegProgram.load()
                .require(
                        List.of(
                                "-i",
                                GoldenMedia.H264_AAC.path().toString(),
                                "-t",
                                "2",
                                "-c",
                                "copy",
                                folder.resolve("clip.ts").toString()),
                        Duration.ofSeconds(30));
        source = server();
        source.createContext("/", SimpleFileServer.createFileHandler(folder));
        source.createContext("/here", exchange -> redirect(exchange, "/clip.ts"));
        forbidden = server();
        forbidden.createContext(
                "/",
                exchange -> {
                    forbiddenRequests.incrementAndGet();
                    redirect(exchange, url("clip.ts"));
                });
        source.createContext("/there", exchange -> redirect(exchange, forbiddenUrl()));
        source.start();
        forbidden.start();
        worker =
                new WorkerProcess(
                        WorkerCommand.ofClassPath(VisionWorker.class.getName(), List.of()),
                        home,
                        RandomGenerator.getDefault());
        int refused = forbidden.getAddress().getPort();
        opener =
                new CompatOpener(
                        UrlRules.system(port -> port == refused), worker, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        worker.close();
        opener.close();
        source.stop(0);
        forbidden.stop(0);
    }

    @Test
    void aSourceIsReadAlsoWhereItSendsElsewhere() throws Exception {
        for (String path : List.of("clip.ts", "here")) {
            var pictures = new AtomicInteger();
            StreamEnd end = pull(url(path), pictures);
            assertThat(end.reason()).as(end.detail()).isEqualTo(Reason.CLOSED_BY_CAMERA);
            assertThat(pictures.get()).as(path).isEqualTo(30);
        }
    }

    @Test
    void aRedirectToThisServerIsRefused() throws Exception {
        StreamEnd end = pull(url("there"), new AtomicInteger());

        assertThat(end.reason()).isEqualTo(Reason.URL_REFUSED);
        assertThat(end.detail()).contains("this server itself");
        assertThat(forbiddenRequests.get()).isZero();
    }

    @Test
    void aPlaylistLeadsNowhereElse() throws Exception {
        assertThat(pull(playlistOf(forbiddenUrl()), new AtomicInteger()).reason())
                .isEqualTo(Reason.URL_REFUSED);
        assertThat(forbiddenRequests.get()).isZero();

        var pictures = new AtomicInteger();
        String file = folder.resolve("clip.ts").toUri().toString();
        assertThat(pull(playlistOf(file), pictures).reason()).isEqualTo(Reason.PROTOCOL_ERROR);
        assertThat(pictures.get()).isZero();

        assertThat(pull(playlistOf(url("clip.ts")), pictures).reason())
                .isEqualTo(Reason.CLOSED_BY_CAMERA);
        assertThat(pictures.get()).isEqualTo(30);
    }

    private String playlistOf(String segment) throws IOException {
        Files.writeString(
                folder.resolve("list.m3u8"),
                """
                #EXTM3U
                #EXT-X-TARGETDURATION:2
                #EXTINF:2,
                %s
                #EXT-X-ENDLIST
                """
                        .formatted(segment));
        return url("list.m3u8");
    }

    @Test
    void aDeadServerIsUnreachable() throws Exception {
        String dead = url("clip.ts");
        source.stop(0);

        assertThat(pull(dead, new AtomicInteger()).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void nobodyElseMayUseIt() throws Exception {
        try (CompatProxy proxy = CompatProxy.start(UrlRules.system(_ -> false));
                CompatProxy.Pass pass = proxy.pass()) {
            URI at = URI.create(pass.proxyUrl());
            try (var socket = new Socket(at.getHost(), at.getPort())) {
                String request = "GET %s HTTP/1.1\r\nHost: h\r\n\r\n".formatted(url("clip.ts"));
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(
                                new String(
                                        socket.getInputStream().readAllBytes(),
                                        StandardCharsets.ISO_8859_1))
                        .startsWith("HTTP/1.1 407 ");
            }
        }
    }

    private StreamEnd pull(String url, AtomicInteger pictures) throws InterruptedException {
        var stream = new StreamSource(URI.create(url), StreamTransport.COMPAT);
        return opener.open(stream, null, null)
                .attempt()
                .run(signal -> {
                    if (signal instanceof StreamSignal.Unit(var unit) && unit.isVideo()) {
                        pictures.incrementAndGet();
                    }
                });
    }

    private String url(String path) {
        return "http://127.0.0.1:%d/%s".formatted(source.getAddress().getPort(), path);
    }

    private String forbiddenUrl() {
        return "http://127.0.0.1:%d/clip.ts".formatted(forbidden.getAddress().getPort());
    }

    private static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    }

    private static void redirect(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().add("Location", where);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }
}
