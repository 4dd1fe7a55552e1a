package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.GapCause;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraLocation;
import id.pantau.server.camera.CameraStreams;
import id.pantau.server.camera.LiveTranscodes;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.Secret;
import id.pantau.server.camera.StreamAdvice;
import id.pantau.server.camera.StreamKeys;
import id.pantau.server.camera.StreamName;
import id.pantau.server.camera.StreamSource;
import id.pantau.server.camera.StreamState;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.Rights;
import id.pantau.server.onvif.DeviceAddress;
import id.pantau.server.recording.RecordingControl;
import id.pantau.server.recording.RecordingState;
import id.pantau.server.vision.Analyses;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Cameras and their states as the HTTP contract shows them. A password is in none of them.
@Component
class CameraViews {
    record StreamInputView(String url, @Word(StreamTransport.class) String transport) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RecordingView(
            @Word(RecordingSettings.Mode.class) String mode,
            long segmentMs,
            @Nullable Integer retentionDays,
            @Nullable Long retentionBytes,
            long preRollMs,
            long postRollMs,
            long mergeMs,
            @Nullable List<String> week) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LocationView(double lon, double lat, @Nullable Double headingDeg) {}

    record OnvifView(String address) {}

    record VideoView(Codec codec, int widthPx, int heightPx, double fps) {}

    record AudioView(Codec codec, int sampleRateHz, int channels) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FormatView(@Nullable VideoView video, @Nullable AudioView audio) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StreamStateView(
            @Word(StreamState.Phase.class) String phase,
            Instant since,
            StreamEnd.@Nullable Reason reason,
            @Nullable String detail,
            @Nullable Instant nextAttemptAt,
            @Nullable FormatView format,
            @Nullable Double fps,
            @Nullable Long bitrateBps,
            @Nullable Long keyFrameIntervalMs,
            @Nullable Long packetsLost,
            int viewers,
            @Nullable Long clockOffsetMs) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RecordingStateView(
            @Word(RecordingState.Phase.class) String state,
            @Nullable GapCause cause,
            @Nullable String detail,
            @Nullable List<String> reasons,
            Instant since) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StateView(
            StreamStateView main,
            @Nullable StreamStateView sub,
            @Nullable StreamStateView transcode,
            RecordingStateView recording,
            VisionViews.VisionStateView vision) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CameraView(
            String id,
            String name,
            boolean enabled,
            StreamInputView main,
            @Nullable StreamInputView sub,
            @Nullable String username,
            boolean hasPassword,
            @Nullable String streamKey,
            RecordingView recording,
            @Nullable LocationView location,
            List<String> labels,
            @Nullable OnvifView onvif,
            VisionViews.VisionView vision,
            StateView state,
            Instant createdAt) {}

    private final CameraStreams streams;
    private final LiveTranscodes transcodes;
    private final RecordingControl recording;
    private final StreamKeys keys;
    private final Analyses analyses;

    CameraViews(
            CameraStreams streams,
            LiveTranscodes transcodes,
            RecordingControl recording,
            StreamKeys keys,
            Analyses analyses) {
        this.streams = streams;
        this.transcodes = transcodes;
        this.recording = recording;
        this.keys = keys;
        this.analyses = analyses;
    }

    /// @param reader who is shown the camera; its stream key is for administrators only
    CameraView of(Camera camera, Actor reader) {
        StreamSource sub = camera.sub();
        CameraLocation location = camera.location();
        DeviceAddress onvif = camera.onvif();
        return new CameraView(
                camera.id().value(),
                camera.name(),
                camera.enabled(),
                input(camera.main()),
                sub == null ? null : input(sub),
                camera.username(),
                camera.password() != null,
                Rights.mayAdminister(reader) && camera.main().isPublished()
                        ? keys.find(camera.id()).map(Secret::reveal).orElse(null)
                        : null,
                of(camera.recording()),
                location == null
                        ? null
                        : new LocationView(location.lon(), location.lat(), location.headingDeg()),
                camera.labels(),
                onvif == null ? null : new OnvifView(onvif.url()),
                VisionViews.of(camera.vision()),
                state(camera),
                camera.createdAt());
    }

    StateView state(Camera camera) {
        return new StateView(
                streams.findState(camera.id(), StreamName.MAIN)
                        .map(CameraViews::of)
                        .orElseGet(() -> unknown(camera)),
                camera.sub() == null ? null : find(camera, StreamName.SUB),
                transcodes.isOn() ? find(camera, StreamName.TRANSCODE) : null,
                of(recording.state(camera.id().value())),
                VisionViews.of(analyses.state(camera.id())));
    }

    private @Nullable StreamStateView find(Camera camera, StreamName stream) {
        return streams.findState(camera.id(), stream).map(CameraViews::of).orElse(null);
    }

    static StreamStateView of(StreamState state) {
        StreamEnd end = state.lastEnd();
        StreamState.Figures figures = state.figures();
        StreamFormat format = state.format();
        Duration interval = figures == null ? null : figures.keyFrameInterval();
        Duration offset = figures == null ? null : figures.clockOffset();
        return new StreamStateView(
                word(state.phase()),
                state.since(),
                end == null ? null : end.reason(),
                end == null ? null : StreamAdvice.sentence(end),
                state.nextAttemptAt(),
                format == null ? null : of(format),
                figures == null ? null : Math.round(figures.fps() * 100) / 100.0,
                figures == null ? null : figures.bitrateBps(),
                interval == null ? null : interval.toMillis(),
                figures == null ? null : figures.packetsLost(),
                state.viewers(),
                offset == null ? null : offset.toMillis());
    }

    static FormatView of(StreamFormat format) {
        VideoFormat video = format.video();
        AudioFormat audio = format.audio();
        return new FormatView(
                video == null
                        ? null
                        : new VideoView(
                                video.codec(), video.widthPx(), video.heightPx(), video.fps()),
                audio == null
                        ? null
                        : new AudioView(audio.codec(), audio.sampleRateHz(), audio.channels()));
    }

    static RecordingStateView of(RecordingState state) {
        return new RecordingStateView(
                word(state.phase()),
                state.cause(),
                state.detail(),
                state.reasons().isEmpty() ? null : state.reasons(),
                state.since());
    }

    /// An enum constant as JSON has it: `READ_ONLY` is `readOnly`.
    static String word(Enum<?> constant) {
        String[] parts = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        return parts[0]
                + Arrays.stream(parts)
                        .skip(1)
                        .map(part ->
                                part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                        .collect(Collectors.joining());
    }

    private static StreamInputView input(StreamSource source) {
        return new StreamInputView(source.shownUrl(), word(source.transport()));
    }

    private static RecordingView of(RecordingSettings settings) {
        return new RecordingView(
                word(settings.mode()),
                settings.segment().toMillis(),
                settings.retentionDays(),
                settings.retentionBytes(),
                settings.preRoll().toMillis(),
                settings.postRoll().toMillis(),
                settings.merge().toMillis(),
                settings.week() == null ? null : days(settings.week()));
    }

    private static List<String> days(String week) {
        int slots = week.length() / 7;
        return IntStream.range(0, 7)
                .mapToObj(day -> week.substring(day * slots, (day + 1) * slots))
                .toList();
    }

    /// Between its row and its first start there is a moment.
    private static StreamStateView unknown(Camera camera) {
        return of(
                new StreamState(
                        StreamState.Phase.DISABLED, camera.createdAt(), null, null, null, null, 0));
    }
}
