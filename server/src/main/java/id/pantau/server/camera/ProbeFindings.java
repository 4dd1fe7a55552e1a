package id.pantau.server.camera;

import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.server.camera.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is unusual about a stream that plays.
final class ProbeFindings {
    private static final Duration LONG_GOP = Duration.ofSeconds(4);
    private static final Duration LARGE_OFFSET = Duration.ofSeconds(2);

    /// Media time may run this much faster or slower than ours before it counts as broken.
    private static final double RATE_TOLERANCE = 0.2;

    private final List<Finding> found = new ArrayList<>();

    private ProbeFindings() {}

    /// @param end why the stream ended while it was watched; null when it went on
    static List<Finding> of(
            ProbeWatch watch,
            StreamTransport transport,
            SessionFacts facts,
            @Nullable StreamEnd end) {
        var findings = new ProbeFindings();
        StreamFormat format = watch.format;
        if (format != null) {
            findings.video(format.video(), watch);
            findings.audio(format.audio(), watch);
        }
        findings.keyFrames(watch);
        findings.clocks(watch, facts);
        findings.network(watch, transport, facts);
        if (Boolean.FALSE.equals(facts.parameterSetsAnnounced())) {
            findings.add(
                    "sdp.noParameterSets",
                    Severity.INFO,
                    "The camera announces no parameter sets; the start takes until its first key"
                            + " frame.");
        }
        if (end != null) {
            findings.add(
                    "stream.ended",
                    Severity.ERROR,
                    "The stream ended while it was watched: " + StreamAdvice.sentence(end),
                    Map.of("reason", end.reason().name()));
        }
        return List.copyOf(findings.found);
    }

    private void video(@Nullable VideoFormat video, ProbeWatch watch) {
        if (video == null) {
            add("video.none", Severity.WARNING, "The stream has sound but no picture.");
            return;
        }
        if (video.codec() == Codec.H265) {
            add(
                    "video.h265",
                    Severity.WARNING,
                    "The picture is H.265, which some browsers cannot play; it is recorded all the"
                            + " same. Set the camera to H.264 to see it everywhere.");
        }
        if (video.reorderDepth() > 0 || watch.reordered) {
            add(
                    "video.bFrames",
                    Severity.INFO,
                    "The camera sends B-frames, which delay the live picture; choose the Baseline or"
                            + " Main profile without them.");
        }
        if (watch.formats > 1) {
            add(
                    "video.formatChanges",
                    Severity.WARNING,
                    "The camera changed its format %d times while it was watched; each change begins a"
                                    .formatted(watch.formats - 1)
                            + " new file.",
                    Map.of("changes", String.valueOf(watch.formats - 1)));
        }
    }

    private void audio(@Nullable AudioFormat audio, ProbeWatch watch) {
        if (audio == null) {
            add("audio.none", Severity.INFO, "The stream has no sound.");
            return;
        }
        if (watch.sounds == 0) {
            add(
                    "audio.silent",
                    Severity.WARNING,
                    "The camera announces %s sound but sent none; switch it off or on at the camera."
                            .formatted(audio.codec().label()),
                    Map.of("codec", audio.codec().name()));
        }
        switch (audio.codec()) {
            case PCMU, PCMA ->
                    add(
                            "audio.g711",
                            Severity.INFO,
                            "The sound is %s; browsers get it repackaged without loss. AAC sounds"
                                            .formatted(audio.codec().label())
                                    + " better.",
                            Map.of("codec", audio.codec().name()));
            case AAC, OPUS, FLAC, H264, H265 -> {}
        }
    }

    private void keyFrames(ProbeWatch watch) {
        if (watch.video() == null) {
            return;
        }
        List<Duration> intervals = watch.keyFrameIntervals();
        if (intervals.isEmpty()) {
            Duration seen = watch.mediaTime();
            if (seen.compareTo(LONG_GOP) > 0) {
                longGop("more than " + seconds(seen), seen);
            }
            return;
        }
        Duration longest = Collections.max(intervals);
        Duration shortest = Collections.min(intervals);
        if (longest.compareTo(LONG_GOP) > 0) {
            longGop(seconds(longest), longest);
        }
        if (longest.compareTo(shortest.multipliedBy(3).dividedBy(2)) > 0) {
            add(
                    "gop.irregular",
                    Severity.WARNING,
                    "Key frames come %s to %s apart, as with a smart codec; switch it off so that"
                                    .formatted(seconds(shortest), seconds(longest))
                            + " seeking and starting stay quick.",
                    Map.of(
                            "shortestMs", String.valueOf(shortest.toMillis()),
                            "longestMs", String.valueOf(longest.toMillis())));
        }
    }

    private void longGop(String text, Duration interval) {
        add(
                "gop.long",
                Severity.WARNING,
                "Key frames are %s apart; set the camera's I-frame interval to 1 to 4 seconds so that"
                                .formatted(text)
                        + " pictures start at once and seeking is exact.",
                Map.of("intervalMs", String.valueOf(interval.toMillis())));
    }

    private void clocks(ProbeWatch watch, SessionFacts facts) {
        double rate = watch.clockRate();
        if (rate != 0 && Math.abs(rate - 1) > RATE_TOLERANCE) {
            add(
                    "time.broken",
                    Severity.WARNING,
                    "The camera's timestamps run %.2f times as fast as time; restart it or update its"
                                    .formatted(rate)
                            + " firmware.",
                    Map.of("rate", String.format(Locale.ROOT, "%.2f", rate)));
        }
        Duration offset = facts.clockOffset();
        if (offset != null && offset.abs().compareTo(LARGE_OFFSET) > 0) {
            add(
                    "clock.offset",
                    Severity.INFO,
                    "The camera's clock is %s %s; set its NTP server. Recordings use this server's clock."
                            .formatted(
                                    seconds(offset.abs()),
                                    offset.isNegative() ? "behind" : "ahead"),
                    Map.of("offsetMs", String.valueOf(offset.toMillis())));
        }
    }

    private void network(ProbeWatch watch, StreamTransport transport, SessionFacts facts) {
        if (watch.gaps == 0 && facts.packetsLost() == 0) {
            return;
        }
        String lost = String.valueOf(facts.packetsLost());
        switch (transport) {
            case UDP ->
                    add(
                            "network.loss",
                            Severity.WARNING,
                            "Packets were lost on the way over UDP; use the transport TCP.",
                            Map.of("packets", lost));
            case TCP, COMPAT ->
                    add(
                            "network.loss",
                            Severity.WARNING,
                            "The camera left out packets although TCP loses none; it may be overloaded."
                                    + " Lower its bitrate or the number of its viewers.",
                            Map.of("packets", lost));
        }
    }

    private void add(String code, Severity severity, String detail) {
        add(code, severity, detail, Map.of());
    }

    private void add(String code, Severity severity, String detail, Map<String, String> params) {
        found.add(new Finding(code, severity, detail, params));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
