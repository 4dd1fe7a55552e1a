package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.CameraDraft;
import id.pantau.server.camera.CameraLocation;
import id.pantau.server.camera.RecordingSettings;
import id.pantau.server.camera.Secret;
import id.pantau.server.camera.StreamSource;
import id.pantau.server.camera.StreamTransport;
import id.pantau.server.camera.VisionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a `CameraInput`, whole or in parts. What is absent stays as it is; `null` clears. Only
/// types are checked here; what the values must be like is the domain's.
final class CameraInputs {
    private static final CameraDraft NEW =
            new CameraDraft(
                    null,
                    "",
                    true,
                    new CameraDraft.Stream("", StreamTransport.TCP),
                    null,
                    null,
                    null,
                    RecordingSettings.DEFAULT,
                    null,
                    List.of(),
                    null,
                    VisionSettings.DEFAULT);

    private static final int SLOTS_A_DAY = 48;

    record StreamInput(String url, @Word(StreamTransport.class) @Nullable String transport) {}

    /// @param week a mode for each half hour: seven texts of 48 letters, Monday first: `X` off, `C`
    ///   continuous, `M` motion, `O` object, `.` as `mode` says; null: always as it says
    record RecordingInput(
            @Word(RecordingSettings.Mode.class) @Nullable String mode,
            @Nullable Long segmentMs,
            @Nullable Integer retentionDays,
            @Nullable Long retentionBytes,
            @Nullable Long preRollMs,
            @Nullable Long postRollMs,
            @Nullable Long mergeMs,
            @Nullable List<String> week) {}

    record LocationInput(double lon, double lat, @Nullable Double headingDeg) {}

    /// @param address where the camera answers ONVIF, `192.168.1.10:80` or a whole URL
    record OnvifInput(String address) {}

    /// The shape of what [#draft] reads.
    record CameraInput(
            @Nullable String id,
            String name,
            @Nullable Boolean enabled,
            StreamInput main,
            @Nullable StreamInput sub,
            @Nullable String username,
            @Nullable String password,
            @Nullable RecordingInput recording,
            @Nullable LocationInput location,
            @Nullable List<String> labels,
            @Nullable OnvifInput onvif,
            VisionInputs.@Nullable VisionInput vision) {}

    /// The shape of what [#changed] reads.
    record CameraPatch(
            @Nullable String name,
            @Nullable Boolean enabled,
            @Nullable StreamInput main,
            @Nullable StreamInput sub,
            @Nullable String username,
            @Nullable String password,
            @Nullable RecordingInput recording,
            @Nullable LocationInput location,
            @Nullable List<String> labels,
            @Nullable OnvifInput onvif,
            VisionInputs.@Nullable VisionInput vision) {}

    private CameraInputs() {}

    static CameraDraft draft(JsonNode body) {
        return changed(NEW, body, null);
    }

    /// @param before the camera that is changed: a URL that is sent back as it was shown, with its
    ///   password masked, stays as it is
    static CameraDraft changed(CameraDraft draft, JsonNode body, @Nullable Camera before) {
        if (!body.isObject()) {
            throw ApiProblem.invalid("body", "request.notAnObject", "must be a JSON object");
        }
        return new CameraDraft(
                before == null ? text(body, "id", draft.id()) : draft.id(),
                required("name", text(body, "name", draft.name())),
                bool(body, "enabled", draft.enabled()),
                main(body, draft, before),
                sub(body, draft, before),
                text(body, "username", draft.username()),
                password(body, draft),
                body.has("recording")
                        ? recording(body.get("recording"), draft.recording())
                        : draft.recording(),
                body.has("location") ? location(body.get("location")) : draft.location(),
                body.has("labels") ? labels(body.get("labels")) : draft.labels(),
                body.has("onvif") ? onvif(body.get("onvif")) : draft.onvif(),
                body.has("vision")
                        ? VisionInputs.changed(body.get("vision"), draft.vision())
                        : draft.vision());
    }

    /// @param field for errors
    static StreamTransport transport(JsonNode node, String field, StreamTransport otherwise) {
        String word = text(node, "transport", null);
        if (word == null) {
            return otherwise;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "tcp" -> StreamTransport.TCP;
            case "udp" -> StreamTransport.UDP;
            case "compat" -> StreamTransport.COMPAT;
            default ->
                    throw ApiProblem.invalid(
                            field, "camera.transport", "must be tcp, udp or compat");
        };
    }

    /// @param otherwise when the field is absent; null when it is `null`
    static @Nullable String text(JsonNode node, String field, @Nullable String otherwise) {
        JsonNode value = node.get(field);
        if (value == null) {
            return otherwise;
        }
        if (value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw ApiProblem.invalid(field, "request.notText", "must be a text");
        }
        return value.stringValue();
    }

    private static CameraDraft.Stream main(
            JsonNode body, CameraDraft draft, @Nullable Camera before) {
        if (!body.has("main")) {
            return draft.main();
        }
        StreamSource shown = before == null ? null : before.main();
        CameraDraft.Stream main = stream("main", body.get("main"), draft.main(), shown);
        if (main == null) {
            throw ApiProblem.invalid("main", "request.missing", "is missing");
        }
        return main;
    }

    private static CameraDraft.@Nullable Stream sub(
            JsonNode body, CameraDraft draft, @Nullable Camera before) {
        StreamSource shown = before == null ? null : before.sub();
        return body.has("sub") ? stream("sub", body.get("sub"), draft.sub(), shown) : draft.sub();
    }

    private static CameraDraft.@Nullable Stream stream(
            String field,
            JsonNode node,
            CameraDraft.@Nullable Stream before,
            @Nullable StreamSource shown) {
        if (node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            throw ApiProblem.invalid(field, "request.notAnObject", "must be an object with a url");
        }
        String url = text(node, "url", before == null ? "" : before.url());
        StreamTransport transport =
                transport(
                        node,
                        field + ".transport",
                        before == null ? StreamTransport.TCP : before.transport());
        String kept = shown != null && shown.shownUrl().equals(url) ? shown.url().toString() : url;
        return new CameraDraft.Stream(kept == null ? "" : kept, transport);
    }

    private static @Nullable Secret password(JsonNode body, CameraDraft draft) {
        if (!body.has("password")) {
            return draft.password();
        }
        String password = text(body, "password", null);
        return password == null ? null : new Secret(password);
    }

    private static RecordingSettings recording(JsonNode node, RecordingSettings before) {
        if (!node.isObject()) {
            throw ApiProblem.invalid("recording", "request.notAnObject", "must be an object");
        }
        Long segmentMs = whole(node, "segmentMs", before.segment().toMillis());
        Integer days = before.retentionDays();
        Long retentionDays = whole(node, "retentionDays", days == null ? null : (long) days);
        return new RecordingSettings(
                mode(node, before.mode()),
                segmentMs == null
                        ? RecordingSettings.DEFAULT_SEGMENT
                        : Duration.ofMillis(segmentMs),
                retentionDays == null
                        ? null
                        : (int) Math.clamp(retentionDays, Integer.MIN_VALUE, Integer.MAX_VALUE),
                whole(node, "retentionBytes", before.retentionBytes()),
                length(node, "preRollMs", before.preRoll(), RecordingSettings.DEFAULT_PRE_ROLL),
                length(node, "postRollMs", before.postRoll(), RecordingSettings.DEFAULT_POST_ROLL),
                length(node, "mergeMs", before.merge(), RecordingSettings.DEFAULT_MERGE),
                node.has("week") ? week(node.get("week")) : before.week());
    }

    private static Duration length(
            JsonNode node, String field, Duration before, Duration byDefault) {
        Long ms = whole(node, field, before.toMillis());
        return ms == null ? byDefault : Duration.ofMillis(ms);
    }

    /// Seven texts, Monday first, as one.
    private static @Nullable String week(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (!node.isArray()) {
            throw ApiProblem.invalid(
                    "recording.week", "request.notAnArray", "must be a list of seven texts");
        }
        var slots = new StringBuilder();
        for (JsonNode day : node) {
            if (!day.isString() || day.stringValue().length() != SLOTS_A_DAY) {
                throw ApiProblem.invalid(
                        "recording.week",
                        "camera.weekInvalid",
                        "must have 48 letters for each day");
            }
            slots.append(day.stringValue());
        }
        return slots.toString();
    }

    private static RecordingSettings.Mode mode(JsonNode node, RecordingSettings.Mode before) {
        String word = text(node, "mode", CameraViews.word(before));
        return switch (word == null ? "" : word) {
            case "off" -> RecordingSettings.Mode.OFF;
            case "continuous" -> RecordingSettings.Mode.CONTINUOUS;
            case "motion" -> RecordingSettings.Mode.MOTION;
            case "object" -> RecordingSettings.Mode.OBJECT;
            default ->
                    throw ApiProblem.invalid(
                            "recording.mode",
                            "camera.recordingMode",
                            "must be off, continuous, motion or object");
        };
    }

    private static @Nullable CameraLocation location(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        Double lon = number(node, "lon");
        Double lat = number(node, "lat");
        if (lon == null || lat == null) {
            throw ApiProblem.invalid("location", "request.missing", "needs lon and lat");
        }
        return new CameraLocation(lon, lat, number(node, "headingDeg"));
    }

    private static @Nullable String onvif(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            throw ApiProblem.invalid("onvif", "request.notAnObject", "must be an object");
        }
        return text(node, "address", null);
    }

    private static List<String> labels(JsonNode node) {
        if (!node.isArray()) {
            throw ApiProblem.invalid("labels", "request.notAnArray", "must be a list of texts");
        }
        var labels = new ArrayList<String>();
        for (JsonNode label : node) {
            if (!label.isString()) {
                throw ApiProblem.invalid("labels", "request.notText", "must be a list of texts");
            }
            labels.add(label.stringValue());
        }
        return labels;
    }

    private static boolean bool(JsonNode node, String field, boolean otherwise) {
        JsonNode value = node.get(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ApiProblem.invalid(field, "request.notBoolean", "must be true or false");
        }
        return value.booleanValue();
    }

    private static @Nullable Long whole(JsonNode node, String field, @Nullable Long otherwise) {
        JsonNode value = node.get(field);
        if (value == null) {
            return otherwise;
        }
        if (value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ApiProblem.invalid(
                    "recording." + field, "request.notWholeNumber", "must be a whole number");
        }
        return value.longValue();
    }

    private static @Nullable Double number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw ApiProblem.invalid("location." + field, "request.notNumber", "must be a number");
        }
        return value.doubleValue();
    }

    private static String required(String field, @Nullable String text) {
        if (text == null) {
            throw ApiProblem.invalid(field, "request.missing", "is missing");
        }
        return text;
    }
}
