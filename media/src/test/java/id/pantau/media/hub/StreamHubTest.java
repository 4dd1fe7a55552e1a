package id.pantau.media.hub;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.VideoFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamHubTest {
    private static final int FPS = 25;
    private static final int GOP = 25;
    private static final StreamFormat VIDEO =
            new StreamFormat(
                    new VideoFormat(
                            Codec.H264,
                            640,
                            480,
                            25,
                            0,
                            List.of(),
                            List.of(Bytes.ofHex("67")),
                            List.of(Bytes.ofHex("68"))),
                    null);
    private static final StreamFormat AUDIO =
            new StreamFormat(null, new AudioFormat(Codec.PCMU, 8000, 1, Bytes.EMPTY));

    private static final Set<Thread.State> ASLEEP =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final StreamHub hub =
            new StreamHub("cam1/main", new StreamHub.CacheLimits(Duration.ofSeconds(3), 1_000_000));

    @Test
    void anOverflowedReaderResumesAtAKeyFrameIsToldAndCounted() throws Exception {
        begin(VIDEO);
        HubReader reader =
                hub.subscribe(
                        "slow", new HubReader.Limits(10, 1 << 20), StreamHub.Start.NEXT_KEY_FRAME);
        pictures(0, 20, 100);
        List<StreamSignal> first = drain(reader);
        assertThat(units(first)).hasSize(10);
        pictures(20, 30, 100);
        List<StreamSignal> second = drain(reader);
        assertThat(second.getFirst())
                .isEqualTo(new StreamSignal.Gap(Duration.ofMillis(15 * 40), GapCause.SHED));
        assertThat(units(second)).hasSize(5);
        assertThat(units(second).getFirst().keyFrame()).isTrue();
        assertThat(reader.dropped()).isEqualTo(15);
        assertThat(hub.unitsDropped()).isEqualTo(15);
    }

    @Test
    void aSlowReaderHarmsNobody() throws Exception {
        begin(VIDEO);
        HubReader slow =
                hub.subscribe(
                        "slow", new HubReader.Limits(2, 1 << 20), StreamHub.Start.NEXT_KEY_FRAME);
        HubReader quick =
                hub.subscribe("quick", HubReader.Limits.VIEWER, StreamHub.Start.NEXT_KEY_FRAME);
        int taken = 0;
        for (int i = 0; i < 500; i++) {
            pictures(i, i + 1, 100);
            taken += units(drain(quick)).size();
        }
        assertThat(taken).isEqualTo(500);
        assertThat(quick.dropped()).isZero();
        assertThat(slow.dropped()).isEqualTo(498);
    }

    @Test
    void bytesAreALimitToo_butAReaderWithNothingToDoTakesAnyUnit() throws Exception {
        begin(VIDEO);
        HubReader reader =
                hub.subscribe("r", new HubReader.Limits(100, 1000), StreamHub.Start.NEXT_KEY_FRAME);
        pictures(0, 1, 5000);
        assertThat(units(drain(reader))).hasSize(1);
        pictures(1, 25, 300);
        assertThat(units(drain(reader))).hasSize(3);
        assertThat(reader.dropped()).isEqualTo(21);
    }

    @Test
    void aGatheringReaderSleepsThroughUnitsAndIsWokenByAnEnd() throws Exception {
        begin(VIDEO);
        HubReader reader =
                hub.subscribe(
                        "r", HubReader.Limits.RECORDER.gathering(), StreamHub.Start.NEXT_KEY_FRAME);
        assertThat(reader.poll(Duration.ZERO)).isInstanceOf(StreamSignal.FormatChanged.class);
        var first = new CompletableFuture<StreamSignal>();
        Thread waiting = waiting(() -> reader.poll(Duration.ofMinutes(10)), first);
        pictures(0, 20, 100);
        assertThat(reader.backlog()).isEqualTo(20);
        assertThat(waiting.getState()).isEqualTo(Thread.State.TIMED_WAITING);
        hub.accept(
                new StreamSignal.Ended(new StreamEnd(StreamEnd.Reason.CLOSED_BY_CAMERA, "over")));
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamSignal.Unit.class);
        List<StreamSignal> rest = drain(reader);
        assertThat(units(rest)).hasSize(19);
        assertThat(rest.getLast()).isInstanceOf(StreamSignal.Ended.class);
    }

    @Test
    void whoGathersIsNotWaitedForAndTakesWhatCameWhenInAHurry() throws Exception {
        begin(VIDEO);
        HubReader reader =
                hub.subscribe("r", HubReader.Limits.VIEWER, StreamHub.Start.NEXT_KEY_FRAME);
        assertThat(reader.poll(Duration.ZERO)).isInstanceOf(StreamSignal.FormatChanged.class);
        assertThat(hub.isAwaited()).isTrue();
        var first = new CompletableFuture<StreamSignal>();
        Thread waiting = waiting(() -> reader.gather(Duration.ofMinutes(10)), first);
        assertThat(hub.isAwaited()).isFalse();
        pictures(0, 20, 100);
        assertThat(waiting.getState()).isEqualTo(Thread.State.TIMED_WAITING);
        reader.hurry();
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamSignal.Unit.class);
        assertThat(hub.isAwaited()).isTrue();
        assertThat(units(drain(reader))).hasSize(19);
        assertThat(reader.gather(Duration.ofMillis(1))).isNull();
    }

    @Test
    void whoGathersIsWokenByAnEndAndBeforeAnythingIsLost() throws Exception {
        begin(VIDEO);
        HubReader reader =
                hub.subscribe(
                        "r", new HubReader.Limits(10, 1 << 20), StreamHub.Start.NEXT_KEY_FRAME);
        assertThat(reader.poll(Duration.ZERO)).isInstanceOf(StreamSignal.FormatChanged.class);
        var first = new CompletableFuture<StreamSignal>();
        Thread unused = waiting(() -> reader.gather(Duration.ofMinutes(10)), first);
        pictures(0, 5, 100);
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamSignal.Unit.class);
        assertThat(units(drain(reader))).hasSize(4);

        var end = new CompletableFuture<StreamSignal>();
        unused = waiting(() -> reader.gather(Duration.ofMinutes(10)), end);
        hub.accept(
                new StreamSignal.Ended(new StreamEnd(StreamEnd.Reason.CLOSED_BY_CAMERA, "over")));
        assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamSignal.Ended.class);
        assertThat(reader.dropped()).isZero();
    }

    @Test
    void aReaderThatIsWokenByPicturesSleepsThroughALittleSound() throws Exception {
        begin(new StreamFormat(VIDEO.video(), AUDIO.audio()));
        HubReader reader =
                hub.subscribe(
                        "r", HubReader.Limits.VIEWER.onPictures(), StreamHub.Start.NEXT_KEY_FRAME);
        assertThat(reader.poll(Duration.ZERO)).isInstanceOf(StreamSignal.FormatChanged.class);
        pictures(0, 1, 100);
        assertThat(reader.take()).isInstanceOf(StreamSignal.Unit.class);

        CompletableFuture<StreamSignal> next = takeAsleep(reader);
        sound(0, 4); // the fifth would wake it
        assertThat(next).isNotDone();
        assertThat(reader.backlog()).isEqualTo(4);
        pictures(1, 2, 100);
        assertThat(next.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamSignal.Unit.class);
        assertThat(drain(reader)).hasSize(4);

        CompletableFuture<StreamSignal> withoutPictures = takeAsleep(reader);
        sound(4, 9); // a camera with few pictures: its sound does not wait for them
        assertThat(withoutPictures.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamSignal.Unit.class);
    }

    @Test
    void aReaderWithoutUseForSoundGetsNoneUnlessThereIsNothingElse() throws Exception {
        begin(new StreamFormat(VIDEO.video(), AUDIO.audio()));
        HubReader reader =
                hub.subscribe(
                        "r",
                        HubReader.Limits.VIEWER.withoutSound(),
                        StreamHub.Start.NEXT_KEY_FRAME);
        pictures(0, 1, 100);
        sound(0, 20);
        pictures(1, 2, 100);
        assertThat(units(drain(reader))).hasSize(2).allMatch(AccessUnit::isVideo);

        begin(AUDIO);
        sound(20, 23);
        assertThat(units(drain(reader))).hasSize(3);
    }

    /// What a reader takes that waits already.
    private static CompletableFuture<StreamSignal> takeAsleep(HubReader reader) {
        var taken = new CompletableFuture<StreamSignal>();
        Thread unused = waiting(reader::take, taken);
        return taken;
    }

    @Test
    void theCacheKeepsWholeGopsOfTheWantedTime() throws Exception {
        begin(VIDEO);
        pictures(0, 10 * FPS + 10, 100);
        List<AccessUnit> old = start(StreamHub.Start.OLDEST_KEY_FRAME);
        assertThat(old.getFirst().keyFrame()).isTrue();
        assertThat(old.getLast().dts().since(old.getFirst().dts()))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
        List<AccessUnit> newest = start(StreamHub.Start.NEWEST_KEY_FRAME);
        assertThat(newest).hasSize(10);
        assertThat(newest.getFirst().keyFrame()).isTrue();
        assertThat(start(StreamHub.Start.NEXT_KEY_FRAME)).isEmpty();
    }

    @Test
    void aBudgetSharedByTheHubsOfAServerCostsOlderGopsFirst() throws Exception {
        var budget = new CacheBudget(60 * 100);
        var limits = new StreamHub.CacheLimits(Duration.ofSeconds(3), 1_000_000);
        var one = new StreamHub("one", limits, budget);
        one.accept(new StreamSignal.FormatChanged(VIDEO));
        for (int i = 0; i < 3 * GOP + 10; i++) {
            one.accept(new StreamSignal.Unit(unit(MediaKind.VIDEO, i, i % GOP == 0, 100)));
        }
        HubReader reader =
                one.subscribe("r", HubReader.Limits.VIEWER, StreamHub.Start.OLDEST_KEY_FRAME);
        assertThat(units(drain(reader))).hasSize(2 * GOP + 10);
        one.accept(new StreamSignal.Ended(new StreamEnd(StreamEnd.Reason.STOPPED, "end")));
        assertThat(budget.exceeded()).isFalse();
        budget.add(60 * 100);
        assertThat(budget.exceeded()).as("an ended stream holds nothing").isFalse();
        budget.add(1);
        assertThat(budget.exceeded()).isTrue();
    }

    @Test
    void theCacheKeepsToItsBytesEvenInsideOneGop() throws Exception {
        begin(VIDEO);
        pictures(0, GOP, 30_000);
        assertThat(start(StreamHub.Start.OLDEST_KEY_FRAME)).hasSize(GOP);
        pictures(GOP, GOP + 10, 30_000);
        List<AccessUnit> cached = start(StreamHub.Start.OLDEST_KEY_FRAME);
        assertThat(cached).hasSize(10);
        pictures(GOP + 10, 2 * GOP, 90_000);
        assertThat(start(StreamHub.Start.OLDEST_KEY_FRAME)).isEmpty();
        pictures(2 * GOP, 2 * GOP + 2, 100);
        assertThat(start(StreamHub.Start.OLDEST_KEY_FRAME)).hasSize(2);
    }

    @Test
    void aCachedStartLongerThanTheReadersLimitLosesNothing() throws Exception {
        begin(VIDEO);
        pictures(0, 3 * FPS, 100);
        HubReader reader =
                hub.subscribe(
                        "r", new HubReader.Limits(5, 1 << 20), StreamHub.Start.OLDEST_KEY_FRAME);
        pictures(3 * FPS, 3 * FPS + 5, 100);
        assertThat(reader.backlog()).isEqualTo(3 * FPS + 5);
        assertThat(units(drain(reader))).hasSize(3 * FPS + 5);
        assertThat(reader.dropped()).isZero();
        assertThat(reader.backlog()).isZero();
    }

    @Test
    void aStreamOfAudioAloneStartsAnywhere() throws Exception {
        begin(AUDIO);
        for (int i = 0; i < 500; i++) {
            hub.accept(new StreamSignal.Unit(unit(MediaKind.AUDIO, i, true, 100)));
        }
        assertThat(start(StreamHub.Start.NEWEST_KEY_FRAME)).hasSize(1);
        List<AccessUnit> all = start(StreamHub.Start.OLDEST_KEY_FRAME);
        assertThat(all.getLast().dts().since(all.getFirst().dts()))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aReaderThatNeverTakesIsToldHowThingsStandAndNoMore() throws Exception {
        HubReader reader =
                hub.subscribe("gone", HubReader.Limits.VIEWER, StreamHub.Start.NEXT_KEY_FRAME);
        for (int session = 0; session < 10_000; session++) {
            begin(VIDEO);
            pictures(0, 2, 100);
            hub.accept(new StreamSignal.Gap(Duration.ofSeconds(1), GapCause.NETWORK));
            hub.accept(
                    new StreamSignal.Ended(
                            new StreamEnd(StreamEnd.Reason.STALLED, "session " + session)));
        }
        begin(VIDEO);
        pictures(0, 1, 100);
        List<StreamSignal> told = drain(reader);
        assertThat(told).hasSizeLessThan(200);
        List<StreamSignal> end = told.subList(told.size() - 3, told.size());
        assertThat(end.get(0))
                .isInstanceOfSatisfying(
                        StreamSignal.Ended.class,
                        ended -> assertThat(ended.end().detail()).isEqualTo("session 9999"));
        assertThat(end.get(1)).isEqualTo(new StreamSignal.FormatChanged(VIDEO));
        assertThat(end.get(2)).isInstanceOf(StreamSignal.Unit.class);
        assertThat(reader.dropped()).isGreaterThan(19_000);
    }

    @Test
    void whatWasShedBeforeAnEndIsToldBeforeIt() throws Exception {
        begin(VIDEO);
        HubReader reader =
                hub.subscribe(
                        "r", new HubReader.Limits(5, 1 << 20), StreamHub.Start.NEXT_KEY_FRAME);
        pictures(0, 20, 100);
        var end = new StreamSignal.Ended(new StreamEnd(StreamEnd.Reason.STALLED, "nothing came"));
        hub.accept(end);
        List<StreamSignal> told = drain(reader);
        assertThat(told.subList(told.size() - 2, told.size()))
                .containsExactly(
                        new StreamSignal.Gap(Duration.ofMillis(14 * 40), GapCause.SHED), end);
    }

    @Test
    void nothingIsCachedAcrossSessionsAndGaps() throws Exception {
        begin(VIDEO);
        pictures(0, 30, 100);
        hub.accept(new StreamSignal.Gap(Duration.ofSeconds(1), GapCause.NETWORK));
        assertThat(start(StreamHub.Start.OLDEST_KEY_FRAME)).isEmpty();
        hub.accept(new StreamSignal.Ended(new StreamEnd(StreamEnd.Reason.STALLED, "")));
        assertThat(hub.format()).isEmpty();
        HubReader reader =
                hub.subscribe("r", HubReader.Limits.VIEWER, StreamHub.Start.OLDEST_KEY_FRAME);
        assertThat(reader.poll(Duration.ZERO)).isNull();
        reader.close();
        assertThat(hub.readerCount()).isZero();
    }

    private List<AccessUnit> start(StreamHub.Start start) throws InterruptedException {
        try (HubReader reader = hub.subscribe("r", HubReader.Limits.RECORDER, start)) {
            return units(drain(reader));
        }
    }

    private void begin(StreamFormat format) {
        hub.accept(new StreamSignal.FormatChanged(format));
    }

    private void pictures(int from, int until, int bytes) {
        for (int i = from; i < until; i++) {
            hub.accept(new StreamSignal.Unit(unit(MediaKind.VIDEO, i, i % GOP == 0, bytes)));
        }
    }

    private void sound(int from, int until) {
        for (int i = from; i < until; i++) {
            hub.accept(new StreamSignal.Unit(unit(MediaKind.AUDIO, i, true, 100)));
        }
    }

    static AccessUnit unit(MediaKind kind, int index, boolean keyFrame, int bytes) {
        var time = new MediaTime(index * 3600L);
        return new AccessUnit(
                kind,
                time,
                time,
                keyFrame,
                Instant.EPOCH.plusMillis(index * 40L),
                ByteBuffer.allocate(bytes));
    }

    private static List<StreamSignal> drain(HubReader reader) throws InterruptedException {
        List<StreamSignal> signals = new ArrayList<>();
        @Nullable StreamSignal next;
        while ((next = reader.poll(Duration.ZERO)) != null) {
            signals.add(next);
        }
        return signals;
    }

    private static List<AccessUnit> units(List<StreamSignal> signals) {
        return signals.stream()
                .filter(StreamSignal.Unit.class::isInstance)
                .map(signal -> ((StreamSignal.Unit) signal).unit())
                .toList();
    }

    /// A thread that has come to wait for a signal.
    private static Thread waiting(
            Callable<@Nullable StreamSignal> call, CompletableFuture<StreamSignal> answer) {
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                answer.complete(call.call());
                            } catch (Exception e) {
                                answer.completeExceptionally(e);
                            }
                        });
        while (!ASLEEP.contains(thread.getState())) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
