package id.pantau.media.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.hub.CacheBudget;
import id.pantau.media.mp4.TestFormats;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LiveSegmenterTest {
    private static final Duration PICTURE = Duration.ofMillis(40);
    private static final long FIRST = 100;

    private final List<LiveWindow> windows = new ArrayList<>();
    private final Consumer<StreamSignal> segmenter = segmenter(CacheBudget.unlimited());
    private final FedStream camera = new FedStream(segmenter);

    private Consumer<StreamSignal> segmenter(CacheBudget budget) {
        return new LiveSegmenter(FIRST, budget, windows::add)::accept;
    }

    private LiveWindow newest() {
        return windows.getLast();
    }

    private String playlist() {
        return new LivePlaylist(newest(), "?ticket=t").text(false);
    }

    @Test
    void aLiveStreamIsListedAsPlayersWantIt() {
        camera.begin(FedStream.SILENT).pictures(33, 25, Duration.ofMillis(100));

        assertThat(playlist())
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:9
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-MEDIA-SEQUENCE:100
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=18.000000,HOLD-BACK=9.000000,PART-HOLD-BACK=0.900000
                        #EXT-X-PART-INF:PART-TARGET=0.300000
                        #EXT-X-MAP:URI="init-100.mp4?ticket=t"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:00:00Z
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-0.m4s?ticket=t",INDEPENDENT=YES
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-1.m4s?ticket=t"
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-2.m4s?ticket=t"
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-3.m4s?ticket=t"
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-4.m4s?ticket=t"
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-5.m4s?ticket=t"
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-6.m4s?ticket=t"
                        #EXT-X-PART:DURATION=0.300000,URI="part-100-7.m4s?ticket=t"
                        #EXT-X-PART:DURATION=0.100000,URI="part-100-8.m4s?ticket=t"
                        #EXTINF:2.500000,
                        segment-100.m4s?ticket=t
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:00:02.500Z
                        #EXT-X-PART:DURATION=0.300000,URI="part-101-0.m4s?ticket=t",INDEPENDENT=YES
                        #EXT-X-PART:DURATION=0.300000,URI="part-101-1.m4s?ticket=t"
                        #EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-101-2.m4s?ticket=t"
                        """);
    }

    @Test
    void shortGopsShareASegmentAndLongOnesMakeItLong() {
        camera.begin(FedStream.SILENT).pictures(101, 25, PICTURE);
        assertThat(newest().listed())
                .extracting(LiveSegment::duration)
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));

        windows.clear();
        FedStream smart = new FedStream(segmenter(CacheBudget.unlimited()));
        smart.begin(FedStream.SILENT).pictures(251, 250, PICTURE);
        assertThat(newest().listed().getFirst().duration()).isEqualTo(Duration.ofSeconds(10));
        assertThat(newest().targetDurationS()).isEqualTo(10);
    }

    @Test
    void aGopWithoutEndIsCutAndThenSegmentsAreNoLongerCalledIndependent() {
        camera.begin(FedStream.SILENT).pictures(25 * 45, 1_000_000, PICTURE);

        assertThat(newest().listed()).hasSize(2);
        assertThat(newest().listed().getFirst().duration())
                .isBetween(Duration.ofSeconds(20), Duration.ofMillis(20_400));
        assertThat(playlist()).doesNotContain("INDEPENDENT-SEGMENTS");
    }

    @Test
    void anotherFormatBeginsWithADiscontinuityAndItsOwnInitSegment() {
        camera.begin(FedStream.SILENT).seconds(4);
        camera.begin(new StreamFormat(TestFormats.H264_CHANGED, null)).seconds(4);

        LiveSegment second = newest().listed().get(2);
        assertThat(second.discontinuity()).isTrue();
        assertThat(second.init().name()).isEqualTo("init-102.mp4");
        assertThat(newest().listed().get(1).discontinuity()).isFalse();
        assertThat(playlist())
                .contains(
                        """
                        segment-101.m4s?ticket=t
                        #EXT-X-DISCONTINUITY
                        #EXT-X-MAP:URI="init-102.mp4?ticket=t"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:00:04Z
                        """);
    }

    @Test
    void theSameFormatAgainKeepsItsInitSegment() {
        camera.begin(FedStream.SILENT).seconds(4).end();
        camera.pause(Duration.ofMinutes(1));
        camera.begin(FedStream.SILENT).seconds(4);

        LiveSegment second = newest().listed().get(2);
        assertThat(second.discontinuity()).isTrue();
        assertThat(second.init().name()).isEqualTo("init-100.mp4");
        assertThat(second.wallStart()).isEqualTo(FedStream.START.plusSeconds(64));
    }

    @Test
    void missingMediaIsADiscontinuityWithItsDate() {
        camera.begin(FedStream.SILENT).pictures(60, 50, PICTURE).gap(Duration.ofSeconds(7));
        camera.seconds(3);

        assertThat(playlist())
                .contains(
                        """
                        #EXTINF:0.400000,
                        segment-101.m4s?ticket=t
                        #EXT-X-DISCONTINUITY
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T07:00:09.400Z
                        """);
    }

    @Test
    void discontinuitiesThatLeaveTheListAreCounted() {
        for (int session = 0; session < 20; session++) {
            camera.begin(FedStream.SILENT).seconds(2).end();
        }
        long listed = newest().listed().stream().filter(LiveSegment::discontinuity).count();

        assertThat(newest().listed()).hasSize(LiveSegmenter.LISTED);
        assertThat(newest().discontinuitySequence() + listed).isEqualTo(19);
        assertThat(playlist()).contains("#EXT-X-DISCONTINUITY-SEQUENCE:9\n");
    }

    @Test
    void theWindowIsBoundedInBytesHoweverHugeThePicturesAre() {
        camera.begin(FedStream.SILENT);
        for (int i = 0; i < 80; i++) {
            camera.picture(i % 25 == 0, PICTURE, 1 << 20);
        }
        long most =
                windows.stream()
                        .mapToLong(window ->
                                window.listed().stream().mapToLong(LiveSegment::sizeBytes).sum()
                                        + window.expired().stream()
                                                .mapToLong(LiveSegment::sizeBytes)
                                                .sum())
                        .max()
                        .orElseThrow();

        assertThat(most).isLessThan(33 << 20);
        assertThat(newest().listed()).isNotEmpty();
    }

    @Test
    void whenTheBudgetOfAllStreamsIsSpentOnlyWhatAPlayerNeedsIsKept() {
        var budget = new CacheBudget(100_000);
        var hungry = new LiveSegmenter(FIRST, budget, windows::add);
        new FedStream(hungry::accept).begin(FedStream.SILENT).seconds(30);

        assertThat(newest().listed()).hasSize(3);
        assertThat(budget.exceeded()).isTrue();
        hungry.close();
        assertThat(budget.exceeded()).isFalse();
    }

    @Test
    void g711ReachesThePlayerAsFlac() {
        camera.begin(FedStream.WITH_G711).seconds(4);

        assertThat(newest().listed().getFirst().init().segment().codecs())
                .isEqualTo("avc1.64001e,flac");
    }

    /// What Apple's validator asks, at every moment of streams that misbehave at random.
    @Test
    void everyPlaylistKeepsTheRules() throws MalformedPlaylistException {
        long seed = System.nanoTime();
        System.out.println("LiveSegmenterTest seed " + seed);
        for (int run = 0; run < 6; run++) {
            windows.clear();
            var random = new Random(seed + run);
            misbehave(new FedStream(segmenter(CacheBudget.unlimited())), random);
            check("seed %d run %d".formatted(seed, run));
        }
    }

    private static void misbehave(FedStream camera, Random random) {
        camera.begin(random.nextBoolean() ? FedStream.SILENT : FedStream.WITH_G711);
        int gop = 5 + random.nextInt(60);
        int intervalMs = 20 + random.nextInt(200);
        int sinceKeyFrame = 0;
        for (int i = 0; i < 300; i++) {
            boolean key = sinceKeyFrame % gop == 0;
            int jitter = random.nextInt(intervalMs / 2);
            camera.picture(key, Duration.ofMillis(intervalMs + jitter), 8 + random.nextInt(5000));
            sinceKeyFrame++;
            switch (random.nextInt(100)) {
                case 0 -> {
                    camera.gap(Duration.ofMillis(random.nextInt(20_000)));
                    sinceKeyFrame = 0;
                }
                case 1 -> {
                    camera.end().begin(FedStream.SILENT);
                    sinceKeyFrame = 0;
                }
                case 2 -> {
                    camera.begin(new StreamFormat(TestFormats.H264_CHANGED, null));
                    sinceKeyFrame = 0;
                }
                case 3 -> camera.pause(Duration.ofMillis(random.nextInt(15_000)));
                default -> {}
            }
        }
    }

    private void check(String where) throws MalformedPlaylistException {
        LiveWindow before = windows.getFirst();
        MediaPlaylist full = null;
        for (LiveWindow window : windows) {
            assertThat(window.nextNumber()).as(where).isGreaterThanOrEqualTo(before.nextNumber());
            checkParts(window, where);
            if (window.listed().isEmpty()) {
                continue;
            }
            var text = new LivePlaylist(window, "");
            MediaPlaylist next = (MediaPlaylist) Playlist.parse(text.text(false));
            for (MediaPlaylist.Segment segment : next.segments()) {
                assertThat(segment.duration().plusMillis(500).toSeconds())
                        .as(where)
                        .isLessThanOrEqualTo(next.targetDurationS());
            }
            if (full != null) {
                assertThat(next.mediaSequence())
                        .as(where)
                        .isGreaterThanOrEqualTo(full.mediaSequence());
                MediaPlaylist delta = (MediaPlaylist) Playlist.parse(text.text(true));
                assertThat(merged(full, delta)).as(where).isEqualTo(next.segments());
            }
            full = next;
            hintComesTrue(before, window, where);
            before = window;
        }
    }

    private static void checkParts(LiveWindow window, String where) {
        for (LiveSegment segment : window.partsListed()) {
            Duration sum = Duration.ZERO;
            long bytes = 0;
            for (LivePart part : segment.parts()) {
                if (part.duration().compareTo(window.partTarget()) > 0
                        || !part.duration().isPositive()) {
                    fail("%s: a part of %s, target %s", where, part, window.partTarget());
                }
                sum = sum.plus(part.duration());
                bytes += part.buffers().stream().mapToLong(ByteBuffer::remaining).sum();
            }
            if (!segment.duration().equals(sum) || segment.sizeBytes() != bytes) {
                fail("%s: parts do not make up segment %d", where, segment.number());
            }
        }
    }

    /// What a player makes of a delta update (§6.3.7).
    private static List<MediaPlaylist.Segment> merged(MediaPlaylist known, MediaPlaylist delta) {
        int skipped =
                delta.tags().stream()
                        .filter(tag -> tag.name().equals("EXT-X-SKIP"))
                        .mapToInt(tag -> Integer.parseInt(tag.value().split("=", 2)[1]))
                        .findFirst()
                        .orElse(0);
        int from = (int) (delta.mediaSequence() - known.mediaSequence());
        List<MediaPlaylist.Segment> merged = new ArrayList<>();
        for (int i = 0; i < skipped; i++) {
            MediaPlaylist.Segment old = known.segments().get(from + i);
            merged.add(
                    new MediaPlaylist.Segment(
                            old.uri(),
                            old.duration(),
                            old.title(),
                            old.programDateTime(),
                            old.discontinuity(),
                            old.map(),
                            old.byteRange(),
                            List.of())); // its parts are no longer listed
        }
        merged.addAll(delta.segments());
        return merged;
    }

    /// The part that a playlist hints at is the one that comes next, unless media broke off.
    private static void hintComesTrue(LiveWindow before, LiveWindow next, String where) {
        boolean sameSegment = next.nextNumber() == before.nextNumber();
        if (sameSegment && next.openParts() > before.openParts()) {
            assertThat(next.openParts()).as(where).isEqualTo(before.openParts() + 1);
        }
        if (!sameSegment) {
            LiveSegment finished = next.find(before.nextNumber()).orElseThrow();
            assertThat(finished.parts()).as(where).hasSizeGreaterThanOrEqualTo(before.openParts());
        }
    }
}
