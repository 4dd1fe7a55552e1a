package id.pantau.vision.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.AccessUnit;
import id.pantau.media.Samples;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.VideoFormat;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.mp4.Mp4File;
import id.pantau.media.net.PendingLimits;
import id.pantau.media.tls.CertificateAuthority;
import id.pantau.media.tls.CertificateAuthority.Issued;
import id.pantau.media.tls.CertificateAuthority.Purpose;
import id.pantau.vision.analysis.SceneSettings;
import id.pantau.vision.detect.ModelChecksums;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server's door and workers that come to it over TLS, all on this machine; the jobs run in a
/// child process, as everywhere.
@Timeout(120)
class RemoteWorkerTest {
    private static final String CLIP = "one-by-one-person-detection.mp4";
    private static final PendingLimits FEW = new PendingLimits(32, _ -> false);

    @TempDir Path folder;

    private final CertificateAuthority authority =
            CertificateAuthority.make("test workers", Instant.now());
    private final Guests guests = new Guests();
    private final List<Thread> visits = new ArrayList<>();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private WorkerProcess process;
    private WorkerDoor door;

    /// Lets in everybody who is on the list.
    private static final class Guests implements WorkerGuests {
        final Set<String> known = ConcurrentHashMap.newKeySet();
        final BlockingQueue<RemoteWorker> came = new LinkedBlockingQueue<>();
        final BlockingQueue<RemoteWorker> went = new LinkedBlockingQueue<>();
        final BlockingQueue<String> models = new LinkedBlockingQueue<>();

        @Override
        public OptionalInt admit(String name, X509Certificate certificate) {
            return known.contains(name) ? OptionalInt.of(5) : OptionalInt.empty();
        }

        @Override
        public void came(RemoteWorker worker) {
            came.add(worker);
        }

        @Override
        public void modelChanged(RemoteWorker worker) {
            models.add(worker.load().modelSha256());
        }

        @Override
        public void went(RemoteWorker worker) {
            went.add(worker);
        }
    }

    @BeforeEach
    void open() throws IOException {
        guests.known.add("gudang");
        process =
                new WorkerProcess(
                        WorkerCommand.ofClassPath(WorkerMain.class.getName(), List.of()),
                        null,
                        RandomGenerator.getDefault());
        door =
                WorkerDoor.open(
                        new InetSocketAddress("127.0.0.1", 0),
                        FEW,
                        identity(authority, "server", Purpose.SERVER),
                        guests,
                        Clock.systemUTC());
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Thread visit : visits) {
            visit.interrupt();
            visit.join();
        }
        door.close();
        process.close();
    }

    private static WorkerIdentity identity(CertificateAuthority by, String name, Purpose purpose) {
        Issued issued = by.issue(name, purpose, Instant.now());
        return new WorkerIdentity(issued.key(), issued.certificate(), by.certificate());
    }

    private Thread visit(WorkerIdentity identity) {
        var worker =
                new VisitingWorker(
                        new VisitingWorker.Settings("127.0.0.1", door.port(), 4, identity),
                        process,
                        new RemoteModels(List.of(folder)),
                        said::add,
                        Sleeper.SYSTEM,
                        RandomGenerator.getDefault());
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                worker.run();
                            } catch (InterruptedException _) {
                                // ended
                            }
                        });
        visits.add(thread);
        return thread;
    }

    private RemoteWorker connected() throws InterruptedException {
        visit(identity(authority, "gudang", Purpose.CLIENT));
        return next(guests.came, "a worker comes");
    }

    private static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        T one = queue.poll(20, TimeUnit.SECONDS);
        assertThat(one).as(what).isNotNull();
        return requireNonNull(one);
    }

    private void awaitSaid(String part) throws InterruptedException {
        String line;
        do {
            line = next(said, "the worker says: " + part);
        } while (!line.contains(part));
    }

    private static Mp4File clip() throws IOException {
        Path file = Samples.folder("video").resolve(CLIP);
        Assumptions.assumeTrue(Files.exists(file), "needs the clip " + file);
        return Mp4File.open(file);
    }

    private static AnalyseRequest request(Mp4File clip, @Nullable Path model) {
        VideoFormat video = requireNonNull(clip.format().video());
        return AnalyseRequest.of(video, model, 1, SceneSettings.of(List.of()));
    }

    private static Thread feed(Mp4File clip, WorkerAnalysis analysis) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        for (int i = 0; i < clip.size(); i++) {
                            AccessUnit unit = clip.unit(i);
                            if (unit.isVideo()) {
                                analysis.send(unit);
                                analysis.flush();
                            }
                        }
                        analysis.endInput();
                    } catch (IOException | InterruptedException _) {
                        // the job is over: the reader sees why
                    }
                });
    }

    @Test
    void aWholeClipIsAnalysedByAWorkerElsewhere() throws Exception {
        RemoteWorker worker = connected();
        assertThat(worker.name()).isEqualTo("gudang");
        assertThat(worker.capacity()).as("the lesser of 4 wished and 5 allowed").isEqualTo(4);

        try (Mp4File clip = clip();
                WorkerAnalysis analysis = worker.open(request(clip, null))) {
            Thread feeder = feed(clip, analysis);
            long frames = 0;
            int shots = 0;
            for (AnalysisMessage message; (message = analysis.next()) != null; ) {
                switch (message) {
                    case AnalysisMessage.Seen(Sighting sighting) ->
                            frames = sighting.rates().frames();
                    case AnalysisMessage.Shot _ -> shots++;
                    case AnalysisMessage.HealthChanged _, AnalysisMessage.Quality _ -> {}
                }
            }
            assertThat(analysis.outcome().end().reason()).isEqualTo(Reason.STOPPED);
            assertThat(frames).isGreaterThan(100);
            assertThat(shots).isGreaterThanOrEqualTo(6);
            feeder.join();
        }
    }

    @Test
    void aStillPictureIsMadeElsewhere() throws Exception {
        RemoteWorker worker = connected();
        try (Mp4File clip = clip()) {
            VideoFormat video = requireNonNull(clip.format().video());
            byte[] jpeg = worker.still(StillRequest.of(video, 320, List.of()), clip.unit(0));
            assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(320);
        }
    }

    @Test
    void aJobBreaksOffWithItsWorkerAndTheNextOneComesBack() throws Exception {
        RemoteWorker worker = connected();
        try (Mp4File clip = clip();
                WorkerAnalysis analysis = worker.open(request(clip, null))) {
            Thread feeder = feed(clip, analysis);
            assertThat(analysis.next()).isNotNull();
            door.disconnect("gudang");
            while (analysis.next() != null) {
                // what was on its way
            }
            assertThat(analysis.outcome().end().reason()).isEqualTo(Reason.READER_DIED);
            assertThat(analysis.outcome().killedTheWorker()).isFalse();
            assertThat(analysis.outcome().end().detail()).contains("gudang");
            feeder.join();
            assertThat(next(guests.went, "it is said to have gone")).isSameAs(worker);
            assertThatThrownBy(() -> worker.open(request(clip, null)))
                    .isInstanceOf(WorkerUnavailableException.class);
        }
        assertThat(next(guests.came, "it connects again")).isNotSameAs(worker);
    }

    @Test
    void aModelIsFoundByItsBytesAndMissedWithAWord() throws Exception {
        Path model =
                Samples.folder("video").resolve("../../models/yolox_nano_dyn.onnx").normalize();
        Assumptions.assumeTrue(Files.exists(model), "needs the model " + model);
        String sha256 = ModelChecksums.of(model);
        RemoteWorker worker = connected();

        worker.setModel(new WantedModel("yolox-nano", "yolox_nano_dyn.onnx", sha256));
        awaitSaid("is not here");
        try (Mp4File clip = clip();
                WorkerAnalysis refused =
                        worker.open(request(clip, model).withModelSha256(sha256))) {
            assertThat(refused.next()).isNull();
            assertThat(refused.outcome().end().detail()).contains("has no model");
        }

        Files.copy(model, folder.resolve("yolox_nano_dyn.onnx"));
        assertThat(next(guests.models, "it found the model")).isEqualTo(sha256);
        try (Mp4File clip = clip();
                WorkerAnalysis analysis =
                        worker.open(request(clip, model).withModelSha256(sha256))) {
            Thread feeder = feed(clip, analysis);
            long looked = 0;
            for (AnalysisMessage message; (message = analysis.next()) != null; ) {
                if (message instanceof AnalysisMessage.Seen(Sighting sighting)) {
                    looked = sighting.rates().looked();
                }
            }
            assertThat(looked).isPositive();
            feeder.join();
        }
    }

    @Test
    void aKeyOfAnotherServerOpensNothing() throws Exception {
        var other = CertificateAuthority.make("test workers", Instant.now());
        Issued issued = other.issue("gudang", Purpose.CLIENT, Instant.now());
        visit(new WorkerIdentity(issued.key(), issued.certificate(), authority.certificate()));
        awaitSaid("do not trust each other");
        assertThat(guests.came).isEmpty();
    }

    @Test
    void aWorkerDoesNotTrustAnotherServerNorAnotherWorkerInItsPlace() throws Exception {
        var other = CertificateAuthority.make("test workers", Instant.now());
        visit(identity(other, "gudang", Purpose.CLIENT));
        awaitSaid("do not trust each other");

        WorkerDoor real = door;
        door =
                WorkerDoor.open(
                        new InetSocketAddress("127.0.0.1", 0),
                        FEW,
                        identity(authority, "server", Purpose.CLIENT), // a worker's certificate
                        guests,
                        Clock.systemUTC());
        real.close();
        said.clear();
        visit(identity(authority, "gudang", Purpose.CLIENT));
        awaitSaid("do not trust each other");
        assertThat(guests.came).isEmpty();
    }

    @Test
    void aServersCertificateIsNoWorkers() throws Exception {
        visit(identity(authority, "gudang", Purpose.SERVER));
        awaitSaid("do not trust each other");
        assertThat(guests.came).isEmpty();
    }

    @Test
    void whoWasRemovedIsToldSo() throws Exception {
        guests.known.clear();
        visit(identity(authority, "gudang", Purpose.CLIENT));
        awaitSaid("it was removed there");
        assertThat(guests.came).isEmpty();
    }

    @Test
    void twoMachinesWithOneKeyAreNotBothLetIn() throws Exception {
        connected();
        visit(identity(authority, "gudang", Purpose.CLIENT));
        awaitSaid("needs a worker and a key of its own");
        assertThat(guests.came).isEmpty();
    }

    @Test
    void anOldVersionIsToldSo() throws Exception {
        try (SSLSocket old = secure()) {
            old.getOutputStream().write(RemoteProtocol.hello(3, RemoteProtocol.CONTROL, 4));
            assertThat(RemoteProtocol.readAnswer(old.getInputStream()))
                    .contains("this worker version 3")
                    .contains("run the same Pantau");
        }
        assertThat(guests.came).isEmpty();
    }

    private SSLSocket secure() throws IOException {
        var raw = new Socket("127.0.0.1", door.port());
        raw.setSoTimeout(20_000);
        SSLSocket secure =
                WorkerTls.over(raw, identity(authority, "gudang", Purpose.CLIENT).context(), true);
        secure.startHandshake();
        return secure;
    }

    @Test
    void garbageGetsNowhereBeforeTlsInsideAndAfterTheGreeting() throws Exception {
        long seed = RandomGenerator.getDefault().nextLong();
        System.out.println("garbageGetsNowhere…: seed " + seed);
        var random = new Random(seed);
        byte[] garbage = new byte[4096];
        for (int i = 0; i < 20; i++) {
            random.nextBytes(garbage);
            try (var raw = new Socket("127.0.0.1", door.port())) {
                write(raw, garbage);
                awaitEnd(raw);
            }
        }
        try (SSLSocket inside = secure()) {
            write(inside, garbage);
            awaitEnd(inside);
        }
        try (SSLSocket strangeJob = secure()) {
            write(strangeJob, RemoteProtocol.hello(RemoteProtocol.JOB, 7));
            awaitEnd(strangeJob);
        }
        try (SSLSocket worker = secure()) {
            write(worker, RemoteProtocol.hello(RemoteProtocol.CONTROL, 4));
            assertThat(RemoteProtocol.readAnswer(worker.getInputStream())).isNull();
            next(guests.came, "it is let in");
            write(worker, garbage);
            next(guests.went, "it speaks nonsense and is cut off");
        }
        connected();
    }

    private static void write(Socket to, byte[] bytes) {
        try {
            to.getOutputStream().write(bytes);
        } catch (IOException _) {
            // cut off already
        }
    }

    /// Within the time that a greeting may take.
    private static void awaitEnd(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        byte[] buffer = new byte[1024];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {
                // an alert of TLS
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SSLException | SocketException _) {
            // cut off: the same
        }
    }

    @Test
    void aThousandHalfOpenConnectionsAreBoundedAndShutNobodyElseOut() throws Exception {
        var flood = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 1000; i++) {
                var socket = new Socket();
                flood.add(socket);
                socket.bind(new InetSocketAddress("127.0.0.2", 0)); // another address than ours
                socket.connect(new InetSocketAddress("127.0.0.1", door.port()), 5_000);
            }
            assertThat(door.pendingNow()).isLessThanOrEqualTo(FEW.perAddress());
            RemoteWorker worker = connected();
            assertThat(worker.isGone()).isFalse();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            for (Socket socket : flood) { // all are cut off, the last when its time is up
                assertThat(System.nanoTime()).isLessThan(deadline);
                awaitEnd(socket);
            }
            assertThat(worker.isGone()).isFalse();
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
    }

    @Test
    void aServerCannotMakeAWorkerReadFromAnAddress() throws Exception {
        Path socket = Files.createTempDirectory("relay").resolve("s");
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            try (var ours = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                    var server = new Link.Local(listener.accept())) {
                var pull =
                        new PullRequest(
                                "rtsp://192.0.2.1/",
                                null,
                                null,
                                null,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1));
                ours.shutdownOutput();
                new RelayedJob(server, process, new RemoteModels(List.of())).run(pull);
                var answer = requireNonNull(new FrameReader(ours).next());
                assertThat(WorkerProtocol.readEnd(answer.body()).detail())
                        .contains("takes no such job");
                assertThat(process.pid()).as("no child was started for it").isEmpty();
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(socket.getParent());
        }
    }
}
