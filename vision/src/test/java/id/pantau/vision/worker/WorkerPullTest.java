package id.pantau.vision.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import id.pantau.media.Codec;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.vision.FfmpegProgram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the worker reads through FFmpeg from a real HTTP server, and what it says of what it
/// cannot.
@Timeout(120)
class WorkerPullTest {
    private static final int SECONDS = 3;
    private static final int FPS = 10;
    private static final String PASSWORD = "p@ss/wörd:1 %41";

    @TempDir static Path folder;
    @TempDir static Path home;
    private static HttpServer http;
    private static WorkerProcess worker;

    @BeforeAll
    static void start() throws Exception {
        make("aac.ts", "-c:v", "libopenh264", "-c:a", "aac");
        make("opus.ts", "-c:v", "libopenh264", "-c:a", "libopus");
        make(
                "pcmu.mov",
                "-c:v",
                "libopenh264",
                "-c:a",
                "pcm_mulaw",
                "-ar",
                "8000",
                "-ac",
                "1",
                "-movflags",
                "faststart");
        make("silent.ts", "-c:v", "libopenh264", "-an");
        make("mpeg2.ts", "-c:v", "mpeg2video", "-an");
        make("mp2.ts", "-c:v", "libopenh264", "-c:a", "mp2");
        make("list.m3u8", "-c:v", "libopenh264", "-c:a", "aac", "-hls_time", "1");
        Files.writeString(folder.resolve("text.ts"), "no stream at all\n".repeat(1000));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        http = HttpServer.create(address, 16);
        http.createContext("/", SimpleFileServer.createFileHandler(folder));
        http.createContext("/locked/", SimpleFileServer.createFileHandler(folder))
                .setAuthenticator(
                        new BasicAuthenticator("camera") {
                            @Override
                            public boolean checkCredentials(String username, String password) {
                                return username.equals("admin") && password.equals(PASSWORD);
                            }
                        });
        http.start();
        worker =
                new WorkerProcess(
                        WorkerCommand.ofClassPath(WorkerMain.class.getName(), List.of()),
                        home,
                        RandomGenerator.getDefault());
    }

    @AfterAll
    static void stop() {
        worker.close();
        http.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "aac.ts, AAC, 44100",
        "list.m3u8, AAC, 44100",
        "opus.ts, OPUS, 48000",
        "pcmu.mov, PCMU, 8000"
    })
    void pictureAndSoundComeWholeAtThePaceTheyPlay(String file, Codec sound, int rateHz)
            throws Exception {
        long start = System.nanoTime();
        Pulled pulled = pull(url(file));
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        var format = Objects.requireNonNull(pulled.format(), pulled.end()::detail);
        assertThat(Objects.requireNonNull(format.video()).codec()).isEqualTo(Codec.H264);
        assertThat(Objects.requireNonNull(format.video()).widthPx()).isEqualTo(320);
        assertThat(Objects.requireNonNull(format.audio()).codec()).isEqualTo(sound);
        assertThat(Objects.requireNonNull(format.audio()).sampleRateHz()).isEqualTo(rateHz);
        assertThat(pulled.pictures()).isEqualTo(SECONDS * FPS);
        assertThat(pulled.sounds()).isGreaterThan(SECONDS * 5);
        assertThat(pulled.end().reason()).isEqualTo(Reason.CLOSED_BY_CAMERA);
        assertThat(took).isGreaterThan(Duration.ofSeconds(SECONDS - 1));
    }

    @Test
    void aStreamWithoutSoundIsAStream() throws Exception {
        Pulled pulled = pull(url("silent.ts"));

        assertThat(Objects.requireNonNull(pulled.format()).audio()).isNull();
        assertThat(pulled.pictures()).isEqualTo(SECONDS * FPS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    missing.ts    | NOT_FOUND         | knows no such path
                    text.ts       | PROTOCOL_ERROR    | no stream that FFmpeg knows
                    mpeg2.ts      | UNSUPPORTED_CODEC | mpeg2video
                    mp2.ts        | UNSUPPORTED_CODEC | mp2
                    locked/aac.ts | UNAUTHORIZED      | refuses the user name or password
                    """)
    void whatCannotBeReadIsCalledByItsName(String file, Reason reason, String words)
            throws Exception {
        Pulled pulled = pull(url(file));

        assertThat(pulled.end().reason()).as(pulled.end().detail()).isEqualTo(reason);
        assertThat(pulled.end().detail()).contains(words).contains("127.0.0.1");
        assertThat(pulled.units()).isEmpty();
    }

    @Test
    void aDeadServerIsUnreachable() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        for (String scheme : List.of("http", "rtmp", "rtsp")) {
            Pulled pulled = pull("%s://127.0.0.1:%d/live".formatted(scheme, port));
            assertThat(pulled.end().reason()).as(scheme).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "rtmp://127.0.0.1:%d/live".formatted(silent.getLocalPort());
            var patience = Duration.ofMillis(300);
            try (WorkerJob job =
                    worker.open(new PullRequest(url, null, null, null, patience, patience))) {
                assertThat(Pulled.of(job).end().reason()).isEqualTo(Reason.NO_ANSWER);
            }
        }
    }

    @Test
    void aPasswordOfAnyCharactersIsUsedAndSeenNowhere() throws Exception {
        var request = PullRequest.of(url("locked/aac.ts"), "admin", PASSWORD);
        try (WorkerJob job = worker.open(request)) {
            long pid = worker.pid().orElseThrow();
            for (String file : List.of("cmdline", "environ")) {
                assertThat(Files.readString(Path.of("/proc/%d/%s".formatted(pid, file))))
                        .doesNotContain("wörd")
                        .doesNotContain("p%40ss");
            }
            assertThat(Pulled.of(job).pictures()).isEqualTo(SECONDS * FPS);
        }
        assertThat(request.toString()).doesNotContain("wörd");
    }

    @Test
    void theSocketIsInAFolderThatNobodyElseMayEnter() throws Exception {
        try (WorkerJob _ = worker.open(PullRequest.of("wait:", null, null))) {
            assertThat(Files.getPosixFilePermissions(home.resolve("worker")))
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE", "OWNER_EXECUTE");
        }
    }

    private static String url(String file) {
        return "http://127.0.0.1:%d/%s".formatted(http.getAddress().getPort(), file);
    }

    private static Pulled pull(String url) throws Exception {
        try (WorkerJob job = worker.open(PullRequest.of(url, null, null))) {
            return Pulled.of(job);
        }
    }

    private static void make(String file, String... encoding) throws Exception {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=320x180:rate=" + FPS,
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=sample_rate=44100"));
        arguments.addAll(List.of("-t", String.valueOf(SECONDS), "-g", String.valueOf(FPS)));
        arguments.addAll(List.of(encoding));
        arguments.add(folder.resolve(file).toString());
        FfmpegProgram.load().require(arguments, Duration.ofSeconds(60));
    }
}
