package id.pantau.media.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.hub.CacheBudget;
import id.pantau.media.hub.StreamHub;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveHlsTest {
    private static final long FIRST = FedStream.START.getEpochSecond();
    private static final Duration PICTURE = Duration.ofMillis(40);

    private final StreamHub hub = new StreamHub("cam1/main", StreamHub.CacheLimits.DEFAULT);
    private final FedStream camera = new FedStream(hub::accept);
    private final LiveHls hls = LiveHls.start(hub, CacheBudget.unlimited(), FedStream.START);
    private final ExecutorService players = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        hls.close();
        players.shutdownNow();
        assertThat(hub.readerCount()).isZero();
    }

    private String playlist(String msn, String part) throws InterruptedException {
        hls.awaitFirst(Duration.ofSeconds(10));
        return hls.playlist(DeliveryDirectives.parse(msn, part, ""), "");
    }

    private <T> Future<T> ask(Callable<T> question) {
        return players.submit(question);
    }

    private void isRefused(HlsException.Reason reason, Callable<?> question) {
        assertThatThrownBy(question::call)
                .isInstanceOfSatisfying(
                        HlsException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] bytes(HlsFile file) {
        var out = new ByteArrayOutputStream();
        for (ByteBuffer buffer : file.buffers()) {
            byte[] some = new byte[buffer.remaining()];
            buffer.duplicate().get(some);
            out.writeBytes(some);
        }
        assertThat(out.size()).isEqualTo((int) file.sizeBytes());
        return out.toByteArray();
    }

    @Test
    void theFirstPlayerWaitsForTheFirstSegment() throws Exception {
        Future<String> asked = ask(() -> playlist("", ""));
        camera.begin(FedStream.SILENT).pictures(51, 50, PICTURE);

        assertThat(asked.get()).contains("segment-%d.m4s".formatted(FIRST));
    }

    @Test
    void theFirstPlaylistHoldsEverythingTheHubKept() throws Exception {
        camera.begin(FedStream.SILENT).pictures(201, 50, PICTURE);
        try (LiveHls late = LiveHls.start(hub, CacheBudget.unlimited(), FedStream.START)) {
            assertThat(late.awaitFirst(Duration.ofSeconds(10))).isTrue();
            String list = late.playlist(DeliveryDirectives.parse("", "", ""), "");
            String newest = "segment-%d.m4s".formatted(FIRST + 3);
            assertThat(list)
                    .as("else a player begins at the first and stays behind")
                    .contains(newest);
        }
    }

    @Test
    void aReloadWaitsForExactlyThePartItAskedFor() throws Exception {
        camera.begin(FedStream.SILENT).pictures(51, 50, PICTURE);
        playlist("", "");
        String msn = Long.toString(FIRST + 1);
        Future<String> first = ask(() -> playlist(msn, "0"));
        Future<String> third = ask(() -> playlist(msn, "2"));
        Future<String> whole = ask(() -> playlist(msn, ""));
        for (int i = 0; i < 7; i++) {
            camera.picture(false, PICTURE, 100);
        }
        assertThat(first.get()).contains("part-%s-0.m4s".formatted(msn));
        assertThat(third.isDone()).isFalse();

        for (int i = 0; i < 14; i++) {
            camera.picture(false, PICTURE, 100);
        }
        assertThat(third.get()).contains("URI=\"part-%s-2.m4s\"".formatted(msn));
        assertThat(whole.isDone()).isFalse();

        camera.pause(Duration.ofSeconds(1));
        camera.picture(true, PICTURE, 100);
        assertThat(whole.get()).contains("\nsegment-%s.m4s".formatted(msn));
    }

    @Test
    void aPartBehindASegmentsLastOneIsTheNextSegmentsFirst() throws Exception {
        camera.begin(FedStream.SILENT).pictures(51, 50, PICTURE);
        Future<String> asked = ask(() -> playlist(Long.toString(FIRST), "8"));
        for (int i = 0; i < 8; i++) {
            camera.picture(false, PICTURE, 100);
        }
        assertThat(asked.get()).contains("URI=\"part-%d-0.m4s\"".formatted(FIRST + 1));
    }

    @Test
    void theHintedPartIsSentWhenItIsThereAndPartsMakeTheSegment() throws Exception {
        camera.begin(FedStream.SILENT).pictures(51, 50, PICTURE);
        playlist("", "");
        List<Future<HlsFile>> parts = new ArrayList<>();
        for (int part = 0; part < 8; part++) {
            String name = "part-%d-%d.m4s".formatted(FIRST + 1, part);
            Future<HlsFile> asked = ask(() -> hls.file(name));
            for (int i = 0; i < 7; i++) {
                camera.picture(part == 7 && i == 0, PICTURE, 100 + part);
            }
            parts.add(asked);
            asked.get(5, TimeUnit.SECONDS);
        }
        var joined = new ByteArrayOutputStream();
        for (Future<HlsFile> part : parts.subList(0, 7)) {
            joined.writeBytes(bytes(part.get()));
        }
        HlsFile segment = hls.file("segment-%d.m4s".formatted(FIRST + 1));

        assertThat(bytes(segment)).startsWith(joined.toByteArray());
        assertThat(segment.contentType()).isEqualTo("video/iso.segment");
        assertThat(bytes(hls.file("init-%d.mp4".formatted(FIRST)))).contains('f', 't', 'y', 'p');
    }

    @Test
    void senselessQuestionsAreRefused() throws Exception {
        camera.begin(FedStream.SILENT).pictures(51, 50, PICTURE);
        playlist("", "");
        String next = Long.toString(FIRST + 1);

        isRefused(HlsException.Reason.INVALID, () -> playlist("999999999999999999", ""));
        isRefused(HlsException.Reason.INVALID, () -> playlist(Long.toString(FIRST + 3), ""));
        isRefused(HlsException.Reason.INVALID, () -> playlist(next, "10"));
        isRefused(HlsException.Reason.INVALID, () -> playlist("", "1"));
        isRefused(HlsException.Reason.INVALID, () -> playlist("-1", ""));
        isRefused(HlsException.Reason.INVALID, () -> playlist("1e3", ""));
        isRefused(HlsException.Reason.INVALID, () -> playlist(next, "999999999"));
        for (String name :
                List.of(
                        "segment-1.m4s",
                        "segment-" + next + ".m4s",
                        "part-" + next + "-7.m4s",
                        "part-" + FIRST + "-99.m4s",
                        "init-1.mp4",
                        "../../etc/passwd",
                        "")) {
            isRefused(HlsException.Reason.NOT_FOUND, () -> hls.file(name));
        }
    }

    @Test
    void aReloadOfAStreamThatStandsStillEnds() throws Exception {
        camera.begin(FedStream.SILENT).pictures(46, 45, Duration.ofMillis(34));
        playlist("", ""); // target duration 2 s
        Future<?> reload =
                ask(() -> {
                    isRefused(
                            HlsException.Reason.NOT_READY,
                            () -> playlist(Long.toString(FIRST + 1), "0"));
                    return true;
                });
        Future<?> hinted =
                ask(() -> {
                    isRefused(
                            HlsException.Reason.NOT_FOUND,
                            () -> hls.file("part-%d-0.m4s".formatted(FIRST + 1)));
                    return true;
                });
        reload.get(15, TimeUnit.SECONDS);
        hinted.get(15, TimeUnit.SECONDS);
    }

    @Test
    void closingEndsEverybodysWaiting() throws Exception {
        Future<?> asked =
                ask(() -> {
                    isRefused(HlsException.Reason.NOT_READY, () -> playlist("", ""));
                    return true;
                });
        hls.close();
        asked.get(5, TimeUnit.SECONDS);
    }

    @Test
    void anOldSegmentStaysForAWhileAndIsThenGone() throws Exception {
        camera.begin(FedStream.SILENT);
        String oldest = "segment-%d.m4s".formatted(FIRST);
        camera.pictures(11 * 50 + 1, 50, PICTURE);
        await("segment-" + (FIRST + 10));
        assertThat(playlist("", "")).doesNotContain(oldest);
        assertThat(hls.file(oldest).sizeBytes()).isPositive();

        camera.pictures(3 * 50, 50, PICTURE);
        await("segment-" + (FIRST + 12));
        isRefused(HlsException.Reason.NOT_FOUND, () -> hls.file(oldest));
    }

    private void await(String name) throws InterruptedException {
        while (!playlist("", "").contains(name + ".m4s")) {
            Thread.sleep(1);
        }
    }

    @Test
    void theVariantSaysWhatThePlayerGets() throws Exception {
        camera.begin(FedStream.WITH_G711).seconds(5);
        assertThat(hls.awaitFirst(Duration.ofSeconds(5))).isTrue();
        var variant = hls.variant("main/index.m3u8").orElseThrow();

        assertThat(variant.codecs()).isEqualTo("avc1.64001e,flac");
        assertThat(variant.widthPx()).isEqualTo(640);
        assertThat(variant.frameRate()).isBetween(24.0, 26.0);
        assertThat(variant.bandwidth()).isBetween(200_000L, 500_000L);
        assertThat(variant.attributes().getFirst().name()).isEqualTo("AVERAGE-BANDWIDTH");
    }
}
