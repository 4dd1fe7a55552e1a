package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import id.pantau.server.camera.FilePlayer;
import id.pantau.server.camera.OpenedStream;
import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import id.pantau.server.tls.TestAuthority;
import id.pantau.testkit.Eventually;
import id.pantau.testkit.GoldenMedia;
import id.pantau.testkit.WebRtcPeer;
import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every door of the whole server inside TLS, with a certificate of an authority that the clients
/// know. The camera is a file that nobody records.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class TlsDoorsTest {
    private static final Instant NEXT_YEAR = Instant.now().plusSeconds(300 * 86_400L);
    private static final String BUDIS_PASSWORD = "another long password 2";
    private final TestAuthority authority = new TestAuthority();
    private Path chain;
    private Path key;
    private Path authorityFile;
    private Path strangerFile;
    private SSLContext trusting;
    private HttpClient https;
    private WholeServer server;
    private String admin;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chain = folder.resolve("fullchain.pem");
        key = folder.resolve("privkey.pem");
        authority.write(chain, key, NEXT_YEAR);
        authorityFile = authority.writeTo(folder.resolve("authority.pem"));
        strangerFile = new TestAuthority().writeTo(folder.resolve("stranger.pem"));
        trusting = authority.trusting();
        https = HttpClient.newBuilder().sslContext(trusting).build();
        server =
                new WholeServer(
                        folder.resolve("home"),
                        Map.of(
                                "PANTAU_TLS_MODE",
                                "files",
                                "PANTAU_TLS_CERTIFICATE",
                                chain.toString(),
                                "PANTAU_TLS_KEY",
                                key.toString()),
                        (_, _, _) -> OpenedStream.of(new FilePlayer(GoldenMedia.H264_AAC.path())));
        admin = server.adminToken();
        for (String id : List.of("gate", "yard")) {
            server.addCamera(admin, id, "rtsp://192.0.2.1/");
        }
        server.server()
                .bean(Accounts.class)
                .add(
                        "budi",
                        BUDIS_PASSWORD,
                        Role.OPERATOR,
                        new CameraRights.Only(Set.of("gate")),
                        Language.ID);
    }

    @AfterAll
    void stop() {
        https.shutdownNow();
        server.close();
    }

    private int httpsPort() {
        return URI.create(server.server().secureAddress().orElseThrow()).getPort();
    }

    private int rtspsPort() {
        return server.server().rtspsPort().orElseThrow();
    }

    private HttpResponse<String> ask(
            @Nullable String token, String method, String path, String body)
            throws IOException, InterruptedException {
        return ask(token, method, path, body, "application/json", httpsPort());
    }

    private HttpResponse<String> ask(
            @Nullable String token, String method, String path, String body, String type, int port)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", type);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return https.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String ticket() throws Exception {
        var answer = ask(admin, "POST", "/api/v1/cameras/gate/tickets", "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WholeServer.JSON.readTree(answer.body()).get("ticket").stringValue();
    }

    /// What the door shows to a client that trusts the authority and compares the name.
    private X509Certificate shown(int port, String... versions) throws IOException {
        try (SSLSocket socket = open(port, versions)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private SSLSocket open(int port, String... versions) throws IOException {
        var socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (versions.length > 0) {
            parameters.setProtocols(versions);
        }
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private String play(String url, Path authorities) throws Exception {
        return FfmpegProgram.load()
                .run(
                        List.of(
                                "-v",
                                "warning",
                                "-tls_verify",
                                "1",
                                "-ca_file",
                                authorities.toString(),
                                "-i",
                                url,
                                "-t",
                                "1",
                                "-f",
                                "null",
                                "-"),
                        Duration.ofSeconds(30))
                .text();
    }

    @Test
    void everyDoorShowsTheOneCertificateAndTakesNothingOlderThanTls12() throws Exception {
        int rtmps = server.server().rtmpsPort().orElseThrow();
        List<X509Certificate> seen = new ArrayList<>();
        for (int port : new int[] {httpsPort(), rtspsPort(), rtmps}) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                seen.add(shown(port, version));
            }
            try (SSLSocket plainest =
                    (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port)) {
                plainest.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1"});
                assertThatExceptionOfType(SSLHandshakeException.class)
                        .isThrownBy(plainest::startHandshake);
            }
        }
        assertThat(Set.copyOf(seen)).hasSize(1);
        var answer = ask(admin, "GET", "/api/v1/tls", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(seen.getFirst().getEncoded());
        var view = WholeServer.JSON.readTree(answer.body());
        assertThat(view.at("/certificate/sha256").stringValue())
                .isEqualTo(HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
        assertThat(view.at("/certificate/selfSigned").booleanValue()).isFalse();
        var ports = WholeServer.JSON.readTree(ask(admin, "GET", "/api/v1/streams", "").body());
        assertThat(ports.get("httpsPort").intValue()).isEqualTo(httpsPort());
        assertThat(ports.get("rtspsPort").intValue()).isEqualTo(rtspsPort());
        assertThat(ports.get("rtmpsPort").intValue()).isEqualTo(rtmps);
    }

    @Test
    void signingInOverHttpsSetsSecureCookiesThatWorkThere() throws Exception {
        String login = "{\"username\": \"budi\", \"password\": \"%s\"}".formatted(BUDIS_PASSWORD);
        var answer = ask(null, "POST", "/api/v1/auth/login", login);
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(2).allMatch(cookie -> cookie.contains("; Secure"));
        assertThat(cookies.getFirst()).startsWith("__Host-PANTAU_SESSION=").contains("HttpOnly");
        assertThat(answer.headers().firstValue("Strict-Transport-Security").orElse(""))
                .startsWith("max-age=")
                .doesNotContain("includeSubDomains");
        String session = cookies.getFirst().split(";", 2)[0];
        assertThat(me(session)).isEqualTo(200);
        assertThat(me(session.replace("__Host-", ""))).as("planted over HTTP").isEqualTo(401);
        var plain = server.send(null, "POST", "/api/v1/auth/login", login).response();
        assertThat(plain.headers().allValues("Set-Cookie").getFirst())
                .startsWith("PANTAU_SESSION=")
                .doesNotContain("Secure");
        assertThat(plain.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    private int me(String cookie) throws Exception {
        URI url = URI.create("https://localhost:" + httpsPort() + "/api/v1/auth/me");
        var request = HttpRequest.newBuilder(url).header("Cookie", cookie).build();
        return https.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void rightsAreTheSameOverHttps() throws Exception {
        String budi = server.token("budi", BUDIS_PASSWORD);
        record Row(String path, int anonymous, int budi, int admin) {}
        for (Row row :
                List.of(
                        new Row("/healthz", 200, 200, 200),
                        new Row("/api/v1/auth/me", 401, 200, 200),
                        new Row("/api/v1/cameras/gate", 401, 200, 200),
                        new Row("/api/v1/cameras/yard", 401, 404, 200),
                        new Row("/hls/yard/index.m3u8", 401, 404, 200),
                        new Row("/api/v1/users", 401, 403, 200),
                        new Row("/api/v1/tls", 401, 403, 200),
                        new Row("/metrics", 401, 403, 200),
                        new Row("/api/v1/none", 404, 404, 404))) {
            assertThat(ask(null, "GET", row.path(), "").statusCode())
                    .as("%s", row)
                    .isEqualTo(row.anonymous());
            assertThat(ask(budi, "GET", row.path(), "").statusCode())
                    .as("%s", row)
                    .isEqualTo(row.budi());
            assertThat(ask(admin, "GET", row.path(), "").statusCode())
                    .as("%s", row)
                    .isEqualTo(row.admin());
        }
    }

    @Test
    void thePlainPortTakesTlsTooForBrowsersThatWereToldToComeEncrypted() throws Exception {
        int port = server.server().port();
        assertThat(ask(null, "GET", "/healthz", "", "text/plain", port).statusCode())
                .isEqualTo(200);
        assertThat(server.get(null, "/healthz").status()).isEqualTo(200);
    }

    @Test
    void whepAnswersOverHttpsAndPacketsCome() throws Exception {
        try (var peer = new WebRtcPeer(WebRtcPeer.Manner.PLAYS)) {
            var answer =
                    ask(
                            null,
                            "POST",
                            "/whep/gate/main?ticket=" + ticket(),
                            peer.offer(),
                            "application/sdp",
                            httpsPort());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            peer.connect(answer.body());
            var packets = new AtomicInteger();
            peer.receive(Duration.ofSeconds(2), (_, _, _) -> packets.incrementAndGet());
            assertThat(packets).hasValueGreaterThan(20);
        }
    }

    @Test
    void ffmpegPlaysByRtspsRtmpsAndHttpsAndVerifiesTheCertificate() throws Exception {
        String ticket = "?ticket=" + ticket();
        int rtmps = server.server().rtmpsPort().orElseThrow();
        for (String url :
                List.of(
                        "rtsps://localhost:%d/gate/main".formatted(rtspsPort()),
                        "rtmps://localhost:%d/live/gate/main".formatted(rtmps),
                        "https://localhost:%d/flv/gate/main.flv".formatted(httpsPort()))) {
            assertThat(play(url + ticket, authorityFile)).isEmpty();
            assertThat(play(url + ticket, strangerFile)).contains("certificate verify failed");
        }
    }

    @Test
    void anRtspClientThatVerifiesIsAskedForItsPasswordInsideTls() throws Exception {
        String login = "budi:" + BUDIS_PASSWORD;
        String basic = "Basic " + Base64.getEncoder().encodeToString(login.getBytes());
        try (Socket socket = open(rtspsPort())) {
            assertThat(RtspClient.describe(socket, "rtsps", "gate/main", ""))
                    .startsWith("RTSP/1.0 401 ");
        }
        try (Socket socket = open(rtspsPort())) {
            assertThat(RtspClient.describe(socket, "rtsps", "gate/main", basic))
                    .startsWith("RTSP/1.0 200 ");
        }
        try (Socket socket = open(rtspsPort())) {
            assertThat(RtspClient.describe(socket, "rtsps", "yard/main", basic))
                    .startsWith("RTSP/1.0 404 ");
        }
    }

    @Test
    void aRenewedCertificateCountsForNewClientsAndStreamsThatRunGoOn() throws Exception {
        var viewer = new LiveOverHttpTest.Viewer();
        https.newWebSocketBuilder()
                .header("Authorization", "Bearer " + admin)
                .buildAsync(
                        URI.create(
                                "wss://localhost:%d/api/v1/cameras/gate/live/main"
                                        .formatted(httpsPort())),
                        viewer)
                .join();
        Process player = playOn("rtsps://localhost:%d/gate/main?ticket=".formatted(rtspsPort()));
        try {
            Eventually.await("fragments come", () -> viewer.binaries.size() > 5);
            X509Certificate first = shown(httpsPort());
            X509Certificate next = authority.write(chain, key, NEXT_YEAR);
            int rtmps = server.server().rtmpsPort().orElseThrow();
            for (int port : new int[] {httpsPort(), rtspsPort(), rtmps}) {
                Eventually.await(
                        "the new certificate is shown",
                        Duration.ofSeconds(20),
                        () -> {
                            try {
                                return shown(port).equals(next);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
            }
            assertThat(next).isNotEqualTo(first);
            int before = viewer.binaries.size();
            Eventually.await("fragments still come", () -> viewer.binaries.size() > before + 10);
            assertThat(viewer.closed).isNotDone();
            assertThat(player.isAlive()).isTrue();
        } finally {
            player.destroy();
            assertThat(player.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(FfmpegProgram.tailOf(player)).doesNotContain("rror");
    }

    /// Plays until it is ended.
    private Process playOn(String url) throws Exception {
        return FfmpegProgram.load()
                .start(
                        List.of(
                                "-nostdin",
                                "-v",
                                "warning",
                                "-i",
                                url + ticket(),
                                "-f",
                                "null",
                                "-"));
    }
}
