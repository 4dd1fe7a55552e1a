package id.pantau.media.rtsp;

import id.pantau.media.Codec;
import id.pantau.media.StreamEnd.Reason;
import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.sdp.Loudspeaker;
import id.pantau.media.sdp.MediaDescription;
import id.pantau.media.sdp.PayloadFormat;
import id.pantau.media.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The loudspeaker of a camera (ONVIF Streaming Specification §5.3): an RTSP session of its own,
/// inside the connection, that takes sound to the camera and no media from it. It lives as long as
/// somebody talks; whoever pulls the camera does not notice. Blocks the thread that runs it, which
/// may be virtual; an interrupt closes the connection at once.
public final class RtspBackchannel {
    static final String FEATURE = "www.onvif.org/ver20/backchannel";

    /// So often it is looked whether a sign of life is due.
    private static final Duration TICK = Duration.ofSeconds(5);

    private final RtspTarget target;
    private final RtspTimeouts timeouts;
    private final UrlPolicy policy;

    /// @param target of any stream of the camera; its transport does not matter
    /// @param policy asked for the target and for every place it redirects to
    public RtspBackchannel(RtspTarget target, RtspTimeouts timeouts, UrlPolicy policy) {
        this.target = target;
        this.timeouts = timeouts;
        this.policy = policy;
    }

    /// Asks whether the camera takes sound, and sends none.
    ///
    /// @return why not; empty when it does
    public Optional<TalkEnd> ask() throws InterruptedException {
        try {
            return visit((_, _, _, _, offer) ->
                    Loudspeaker.find(offer).isPresent()
                            ? Optional.empty()
                            : Optional.of(refusal(offer)));
        } catch (AttemptOverException e) {
            return Optional.of(TalkEnd.of(e.end()));
        }
    }

    /// Sends what is said until it ends or the camera does.
    ///
    /// @param ready runs when the camera listens
    /// @return why it ended; failures are outcomes here, not exceptions
    public TalkEnd talk(TalkSound sound, Consumer<Codec> ready) throws InterruptedException {
        try {
            return visit((connection, input, dialogue, pull, offer) -> {
                Optional<Loudspeaker> loudspeaker = Loudspeaker.find(offer);
                if (loudspeaker.isEmpty()) {
                    return refusal(offer);
                }
                var talk = new Talk(connection, input, dialogue, pull, sound);
                return talk.run(loudspeaker.get(), ready);
            });
        } catch (AttemptOverException e) {
            return TalkEnd.of(e.end());
        }
    }

    private interface Offered<T> {
        T take(
                RtspConnection connection,
                RtspInput input,
                RtspDialogue dialogue,
                RtspPull pull,
                SessionDescription offer)
                throws AttemptOverException, InterruptedException;
    }

    private <T> T visit(Offered<T> offered) throws AttemptOverException, InterruptedException {
        var visit = new RtspVisit(target, timeouts, policy);
        return visit.run((url, connection, input, dialogue) -> {
            try (var pull = RtspPull.requiring(FEATURE, connection, dialogue, url)) {
                return switch (pull.describe(input)) {
                    case RtspPull.Described.Elsewhere(String location) ->
                            new RtspVisit.Outcome.Elsewhere<>(location);
                    case RtspPull.Described.Offer(var offer) ->
                            new RtspVisit.Outcome.Done<>(
                                    offered.take(connection, input, dialogue, pull, offer));
                };
            }
        });
    }

    private TalkEnd refusal(SessionDescription offer) {
        String host = target.url().getHost();
        List<MediaDescription> loudspeakers = Loudspeaker.list(offer);
        if (loudspeakers.isEmpty()) {
            return new TalkEnd(
                    TalkEnd.Reason.NO_BACKCHANNEL,
                    host + " offers no audio backchannel (ONVIF Streaming, 5.3).");
        }
        String codecs =
                loudspeakers.stream()
                        .flatMap(media -> offer.payloads(media).stream())
                        .map(PayloadFormat::encoding)
                        .map(String::valueOf)
                        .distinct()
                        .limit(8)
                        .collect(Collectors.joining(", "));
        return new TalkEnd(
                TalkEnd.Reason.UNSUPPORTED_CODEC,
                "%s takes sound as %s only; G.711 at 8 kHz is what can be sent."
                        .formatted(host, codecs));
    }

    /// One session. The running thread sends, another one listens.
    private final class Talk {
        private final RtspConnection connection;
        private final RtspInput input;
        private final RtspDialogue dialogue;
        private final RtspPull pull;
        private final TalkSound sound;
        private final AtomicReference<@Nullable AttemptOverException> heard =
                new AtomicReference<>();

        Talk(
                RtspConnection connection,
                RtspInput input,
                RtspDialogue dialogue,
                RtspPull pull,
                TalkSound sound) {
            this.connection = connection;
            this.input = input;
            this.dialogue = dialogue;
            this.pull = pull;
            this.sound = sound;
        }

        TalkEnd run(Loudspeaker loudspeaker, Consumer<Codec> ready)
                throws AttemptOverException, InterruptedException {
            int channel = pull.setUp(loudspeaker);
            pull.play();
            sound.listen(loudspeaker.codec(), loudspeaker.payloadType(), channel);
            dialogue.sendThrough(sound::message);
            ready.accept(loudspeaker.codec());
            Thread listening = Thread.ofVirtual().name("rtsp-talk").start(this::listen);
            try {
                for (ByteBuffer next = sound.take(); next != null; next = sound.take()) {
                    connection.send(next, timeouts.answer());
                }
                connection.stopReading();
                listening.join();
                if (heard.get() == null) {
                    sayGoodbye();
                }
            } catch (AttemptOverException e) {
                heard.compareAndSet(null, e);
            } finally {
                connection.close();
                listening.join();
            }
            AttemptOverException why = heard.get();
            return why == null
                    ? new TalkEnd(TalkEnd.Reason.STOPPED, "The talk was ended.")
                    : TalkEnd.of(why.end());
        }

        /// Gives signs of life and takes what the camera says. All messages leave by the other
        /// thread.
        private void listen() {
            try {
                long now = System.nanoTime();
                var keepAlive = new KeepAlive(dialogue, pull.sessionUrl(), false, now);
                while (connection.fill(input, Math.toIntExact(TICK.toMillis())) >= 0) {
                    takeMessages(keepAlive);
                    keepAlive.tick(System.nanoTime());
                }
                if (!sound.isEnded()) {
                    throw new AttemptOverException(
                            Reason.CLOSED_BY_CAMERA,
                            connection.where() + " closed the connection while it was talked to.");
                }
            } catch (AttemptOverException e) {
                heard.compareAndSet(null, e);
            } catch (InterruptedException _) {
                // nobody interrupts it: the connection is closed
            } finally {
                sound.end();
            }
        }

        private void takeMessages(KeepAlive keepAlive)
                throws AttemptOverException, InterruptedException {
            for (var found = dialogue.next();
                    found != RtspInput.Found.NOTHING;
                    found = dialogue.next()) {
                if (found == RtspInput.Found.MESSAGE) {
                    switch (input.message()) {
                        case Response response ->
                                keepAlive.answered(dialogue.received(response), connection.where());
                        case Request request -> dialogue.answer(request);
                    }
                }
            }
        }

        private void sayGoodbye() throws InterruptedException {
            try {
                dialogue.sendThrough(bytes -> connection.send(bytes, timeouts.answer()));
                pull.tearDown();
            } catch (AttemptOverException _) {
                // it has ended anyway
            }
        }
    }
}
