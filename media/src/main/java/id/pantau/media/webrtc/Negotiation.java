package id.pantau.media.webrtc;

import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.media.rtp.RtpTrack;
import id.pantau.media.sdp.PayloadFormat;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds what an offer and a stream have in common. One use each.
final class Negotiation {
    /// Nothing in common: a sentence that says why.
    static final class NothingInCommon extends Exception {
        private static final long serialVersionUID = 1;

        NothingInCommon(String message) {
            super(message);
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Offer offer;
    private final boolean sends;
    private final List<AnswerFacts.Remark> remarks = new ArrayList<>();

    private Negotiation(Offer offer, boolean sends) {
        this.offer = offer;
        this.sends = sends;
    }

    /// The peer plays a stream.
    static Agreement toPlay(Offer offer, StreamFormat format) throws NothingInCommon {
        return new Negotiation(offer, true).play(format);
    }

    /// The peer publishes one.
    static Agreement toPublish(Offer offer) throws NothingInCommon {
        return new Negotiation(offer, false).publish();
    }

    private Agreement play(StreamFormat format) throws NothingInCommon {
        AgreedTrack video = null;
        VideoFormat wanted = format.video();
        if (wanted != null) {
            video = playVideo(wanted);
            if (wanted.reorderDepth() > 0) {
                remark(
                        AnswerFacts.Kind.PICTURES_REORDERED,
                        "the stream has B-frames, which WebRTC clients show jerkily;"
                                + " switch them off in the camera");
            }
        }
        AudioFormat sound = format.audio();
        AgreedTrack audio = sound == null ? null : playAudio(sound, video);
        if (video == null && audio == null) {
            throw new NothingInCommon(
                    remarks.isEmpty() ? "nothing to play" : remarks.getFirst().detail());
        }
        return new Agreement(offer, true, video, audio, remarks);
    }

    private AgreedTrack playVideo(VideoFormat wanted) throws NothingInCommon {
        Offer.Section section = section(true, null);
        if (section == null) {
            throw new NothingInCommon("the offer does not ask for video");
        }
        List<PayloadFormat> payloads = offer.payloads(section);
        List<PayloadFormat> same =
                payloads.stream().filter(payload -> carries(payload, wanted.codec())).toList();
        if (same.isEmpty()) {
            throw new NothingInCommon(
                    "the stream is %s; the client offers %s%s"
                            .formatted(
                                    wanted.codec().label(),
                                    names(payloads),
                                    wanted.codec() == Codec.H264
                                            ? ", and none of them H264 with packetization-mode=1"
                                            : ""));
        }
        if (wanted.codec() == Codec.H265) {
            return agreed(section, payloads, same.getFirst());
        }
        H264Profile profile = H264Profile.ofSps(wanted.sps().getFirst());
        Optional<PayloadFormat> exact = find(same, offered -> offered == profile);
        if (exact.isPresent()) {
            return agreed(section, payloads, exact.get());
        }
        Optional<PayloadFormat> above = find(same, offered -> offered.compareTo(profile) > 0);
        if (above.isEmpty()) {
            remark(
                    AnswerFacts.Kind.PROFILE_NOT_OFFERED,
                    "the stream has the H.264 profile %s, which the client does not name"
                            .formatted(profile));
        }
        return agreed(section, payloads, above.orElse(best(same)));
    }

    private @Nullable AgreedTrack playAudio(AudioFormat sound, @Nullable AgreedTrack video) {
        boolean playable =
                switch (sound.codec()) {
                    case OPUS -> true;
                    case PCMU, PCMA -> sound.sampleRateHz() == 8000 && sound.channels() == 1;
                    case AAC, FLAC, H264, H265 -> false;
                };
        if (!playable) {
            remark(
                    AnswerFacts.Kind.AUDIO_CODEC_NOT_PLAYABLE,
                    "no WebRTC client plays the stream's sound (%s, %d Hz, %d channels)"
                            .formatted(
                                    sound.codec().label(), sound.sampleRateHz(), sound.channels()));
            return null;
        }
        Offer.Section section = section(false, video);
        List<PayloadFormat> payloads = section == null ? List.of() : offer.payloads(section);
        Optional<PayloadFormat> same =
                payloads.stream().filter(payload -> carries(payload, sound.codec())).findFirst();
        if (section == null || same.isEmpty()) {
            remark(
                    AnswerFacts.Kind.AUDIO_NOT_OFFERED,
                    "the client does not ask for the stream's sound (%s)"
                            .formatted(sound.codec().label()));
            return null;
        }
        return agreed(section, payloads, same.get());
    }

    private Agreement publish() throws NothingInCommon {
        AgreedTrack video = firstCarried(true, null);
        AgreedTrack audio = firstCarried(false, video);
        Offer.Section offeredVideo = section(true, null);
        if (video == null && offeredVideo != null) {
            throw new NothingInCommon(
                    "the client sends %s; H264 with packetization-mode=1 or H265 is needed"
                            .formatted(names(offer.payloads(offeredVideo))));
        }
        if (video == null && audio == null) {
            throw new NothingInCommon("the offer sends neither video nor audio that is carried");
        }
        if (video == null) {
            remark(AnswerFacts.Kind.VIDEO_NOT_OFFERED, "the client sends no video");
        }
        if (audio == null) {
            remark(
                    AnswerFacts.Kind.AUDIO_NOT_OFFERED,
                    "the client sends no sound in Opus or G.711");
        }
        return new Agreement(offer, false, video, audio, remarks);
    }

    private @Nullable AgreedTrack firstCarried(boolean video, @Nullable AgreedTrack before) {
        Offer.Section section = section(video, before);
        if (section == null) {
            return null;
        }
        List<PayloadFormat> payloads = offer.payloads(section);
        for (PayloadFormat payload : payloads) {
            Optional<RtpTrack> track = payload.track();
            if (track.isPresent() && carries(payload, track.get().codec())) {
                return agreed(section, payloads, payload);
            }
        }
        return null;
    }

    /// The first section of that kind whose direction fits and that shares the transport of the
    /// track agreed before.
    private Offer.@Nullable Section section(boolean video, @Nullable AgreedTrack before) {
        for (Offer.Section section : offer.sections()) {
            boolean kind = video ? section.media().isVideo() : section.media().isAudio();
            boolean direction = sends ? section.isReceived() : section.isSent();
            boolean muxed = section.media().attribute("rtcp-mux").isPresent();
            if (kind
                    && direction
                    && muxed
                    && section.isOverDtls()
                    && section.isOffered()
                    && (before == null || areBundled(section, before.section()))) {
                return section;
            }
        }
        return null;
    }

    private boolean areBundled(Offer.Section one, Offer.Section other) {
        return offer.bundled().contains(one.mid()) && offer.bundled().contains(other.mid());
    }

    private AgreedTrack agreed(
            Offer.Section section, List<PayloadFormat> payloads, PayloadFormat payload) {
        boolean video = section.media().isVideo();
        Integer again = video ? Offer.retransmissionOf(payloads, payload.payloadType()) : null;
        return new AgreedTrack(
                section,
                payload,
                payload.track().orElseThrow(),
                again,
                sends ? RANDOM.nextInt() : 0,
                sends && again != null ? RANDOM.nextInt() : 0);
    }

    /// Whether this payload format carries the codec in a shape that we send and take.
    private static boolean carries(PayloadFormat payload, Codec codec) {
        Optional<RtpTrack> track = payload.track().filter(one -> one.codec() == codec);
        if (track.isEmpty()) {
            return false;
        }
        return switch (codec) {
            case H264 ->
                    "1".equals(payload.parameters().get("packetization-mode"))
                            && profile(payload).isPresent();
            case H265 -> true;
            case OPUS -> payload.clockRateHz() == 48_000 && payload.channels() == 2;
            case PCMU, PCMA -> payload.clockRateHz() == 8000 && payload.channels() == 1;
            case AAC, FLAC -> false;
        };
    }

    private static Optional<H264Profile> profile(PayloadFormat payload) {
        return H264Profile.ofFmtp(payload.parameters().getOrDefault("profile-level-id", ""));
    }

    private static Optional<PayloadFormat> find(
            List<PayloadFormat> payloads, Predicate<H264Profile> fits) {
        return payloads.stream()
                .filter(payload -> profile(payload).filter(fits).isPresent())
                .findFirst();
    }

    /// The one that names the most able decoder.
    private static PayloadFormat best(List<PayloadFormat> payloads) {
        PayloadFormat best = payloads.getFirst();
        for (PayloadFormat payload : payloads) {
            if (profile(payload).orElseThrow().compareTo(profile(best).orElseThrow()) > 0) {
                best = payload;
            }
        }
        return best;
    }

    private static String names(List<PayloadFormat> payloads) {
        String names =
                payloads.stream()
                        .map(PayloadFormat::encoding)
                        .filter(name -> name != null && !"rtx".equalsIgnoreCase(name))
                        .map(name -> name.replaceAll("[^A-Za-z0-9.-]", "?"))
                        .distinct()
                        .limit(8)
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? "nothing" : names;
    }

    private void remark(AnswerFacts.Kind kind, String detail) {
        remarks.add(new AnswerFacts.Remark(kind, detail));
    }
}
