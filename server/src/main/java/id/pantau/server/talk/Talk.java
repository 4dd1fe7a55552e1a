package id.pantau.server.talk;

import id.pantau.media.Codec;
import id.pantau.media.codec.HalfRateFilter;
import id.pantau.media.hub.Sleeper;
import id.pantau.media.rtsp.RtspBackchannel;
import id.pantau.media.rtsp.TalkEnd;
import id.pantau.media.rtsp.TalkSound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One person talking to one camera, from the connection to the camera until either side ends it or
/// nothing is said for a minute.
public final class Talk {
    /// Of the samples; one or twice the rate of [TalkSound].
    public enum Rate {
        HZ_8000,
        HZ_16000
    }

    private static final Duration LONGEST_QUIET = Duration.ofSeconds(60);

    /// One hundredth of the loudest: below it is the noise of a microphone that nobody speaks into.
    private static final int LOUD = 328;

    private final String talker;
    private final RtspBackchannel way;
    private final TalkListener listener;
    private final Sleeper sleeper;
    private final Clock clock;
    private final TalkSound sound = new TalkSound();
    private final @Nullable HalfRateFilter filter; // touched by the talker's thread only
    private volatile Instant lastLoud;
    private volatile boolean begun;
    private volatile @Nullable TalkOver ending; // why we end it
    private volatile @Nullable Thread thread;

    Talk(
            String talker,
            Rate rate,
            RtspBackchannel way,
            TalkListener listener,
            Sleeper sleeper,
            Clock clock) {
        this.talker = talker;
        this.way = way;
        this.listener = listener;
        this.sleeper = sleeper;
        this.clock = clock;
        this.filter = rate == Rate.HZ_16000 ? new HalfRateFilter() : null;
        this.lastLoud = clock.instant();
    }

    String talker() {
        return talker;
    }

    /// Says something; one call at a time. Never blocks.
    public void say(short[] samples) {
        for (short sample : samples) {
            if (Math.abs(sample) >= LOUD) {
                lastLoud = clock.instant();
                break;
            }
        }
        sound.offer(filter == null ? samples : filter.halve(samples));
    }

    /// The talker has said everything.
    public void end() {
        end(TalkOver.Reason.STOPPED, "The talker ended it.");
    }

    void end(TalkOver.Reason reason, String detail) {
        if (ending == null) {
            ending = new TalkOver(reason, detail, begun);
        }
        sound.end();
        Thread running = thread;
        if (!begun && running != null) {
            running.interrupt(); // nobody waits for a camera that does not answer
        }
    }

    /// Blocks until it is over.
    ///
    /// @param gone runs before the listener is told
    /// @return how the camera ended it, or let it be ended
    TalkEnd run(Runnable gone) {
        thread = Thread.currentThread();
        Thread watch = Thread.ofVirtual().name("talk-quiet").start(this::watchForQuiet);
        TalkEnd end;
        try {
            end = way.talk(sound, this::begin);
        } catch (InterruptedException _) {
            end = new TalkEnd(TalkEnd.Reason.STOPPED, "It was ended before the camera answered.");
        }
        watch.interrupt();
        gone.run();
        TalkOver ours = ending;
        boolean endedByUs = ours != null && end.reason() == TalkEnd.Reason.STOPPED;
        listener.over(
                endedByUs && ours != null
                        ? new TalkOver(ours.reason(), ours.detail(), begun)
                        : TalkOver.of(end, begun));
        return end;
    }

    private void begin(Codec codec) {
        lastLoud = clock.instant();
        begun = true;
        listener.ready(codec);
    }

    private void watchForQuiet() {
        try {
            while (true) {
                Duration left = LONGEST_QUIET.minus(Duration.between(lastLoud, clock.instant()));
                if (!left.isPositive()) {
                    end(TalkOver.Reason.QUIET, "Nothing was said for a minute.");
                    return;
                }
                sleeper.sleep(left);
            }
        } catch (InterruptedException _) {
            // it is over
        }
    }
}
