package id.pantau.server.camera;

import id.pantau.server.camera.CameraException.FieldError;
import id.pantau.server.camera.UrlRules.UrlRefused;
import id.pantau.server.onvif.DeviceAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a camera's settings must be like. Collects everything that is wrong, one sentence each.
public final class CameraRules {
    public static final int MAX_NAME = 100;
    private static final int MAX_CREDENTIAL = 200;
    private static final int MAX_LABEL = 40;
    private static final int MAX_LABELS = 20;
    private static final Duration SHORTEST_SEGMENT = Duration.ofSeconds(5);
    private static final Duration LONGEST_SEGMENT = Duration.ofHours(1);
    private static final Duration LONGEST_PRE_ROLL = Duration.ofSeconds(60);
    private static final Duration LONGEST_POST_ROLL = Duration.ofMinutes(10);
    private static final Pattern WEEK = Pattern.compile("[XCMO.]{336}");
    private static final int MAX_RETENTION_DAYS = 3650;
    private static final long MIN_RETENTION_BYTES = 1 << 20;

    private final UrlRules urls;

    public CameraRules(UrlRules urls) {
        this.urls = urls;
    }

    /// @param id chooses the id of a draft whose own is absent or sound
    /// @throws CameraException INVALID with every field error
    Camera check(CameraDraft draft, Function<CameraDraft, CameraId> id, Instant createdAt) {
        var wrong = new ArrayList<FieldError>();
        checkId(draft.id(), wrong);
        String name = TextRules.check("name", draft.name(), MAX_NAME, wrong);
        if (name.isEmpty() && wrong.stream().noneMatch(error -> error.field().equals("name"))) {
            wrong.add(new FieldError("name", "camera.nameMissing", "Give the camera a name."));
        }
        PastedUrl main = url("main.url", draft.main(), wrong);
        PastedUrl sub = url("sub.url", draft.sub(), wrong);
        String username = username(draft, main, sub);
        Secret password = password(draft, main, sub);
        TextRules.checkCredential("username", username, MAX_CREDENTIAL, wrong);
        TextRules.checkCredential(
                "password", password == null ? null : password.reveal(), MAX_CREDENTIAL, wrong);
        checkRecording(draft.recording(), wrong);
        checkSelection(draft.recording(), wrong);
        checkLocation(draft.location(), wrong);
        List<String> labels = labels(draft.labels(), wrong);
        DeviceAddress onvif = onvif(draft.onvif(), wrong);
        VisionRules.check(draft.vision(), wrong);
        if (!wrong.isEmpty() || main == null) {
            throw new CameraException(
                    CameraException.Reason.INVALID, wrong.getFirst().message(), wrong);
        }
        return new Camera(
                id.apply(draft),
                name,
                draft.enabled(),
                main.source(draft.main()),
                sub == null || draft.sub() == null ? null : sub.source(draft.sub()),
                username,
                password,
                draft.recording(),
                draft.location(),
                labels,
                onvif,
                draft.vision(),
                createdAt);
    }

    private static void checkId(@Nullable String id, List<FieldError> wrong) {
        if (id != null && !CameraId.isSlug(id)) {
            wrong.add(
                    new FieldError(
                            "id",
                            "camera.idInvalid",
                            "An id has up to 40 lower-case letters a-z, digits and hyphens, and"
                                    + " begins and ends with a letter or digit."));
        }
    }

    private @Nullable PastedUrl url(
            String field, CameraDraft.@Nullable Stream stream, List<FieldError> wrong) {
        if (stream == null) {
            return null;
        }
        try {
            PastedUrl url = PastedUrl.parse(stream.url());
            boolean published = url.url().equals(StreamSource.PUBLISHED);
            if (published && !field.equals("main.url")) {
                throw new UrlRefused(
                        "camera.subPublished",
                        "Only the main stream can be published to this server; leave the sub stream"
                                + " empty.");
            }
            if (!published) {
                urls.check(url.url(), stream.transport());
            }
            return url;
        } catch (UrlRefused refused) {
            wrong.add(new FieldError(field, refused.code(), refused.sentence()));
            return null;
        }
    }

    private @Nullable DeviceAddress onvif(@Nullable String text, List<FieldError> wrong) {
        if (text == null || text.isBlank()) {
            return null;
        }
        DeviceAddress address = DeviceAddress.parse(text).orElse(null);
        if (address == null) {
            wrong.add(
                    new FieldError(
                            "onvif.address",
                            "camera.onvifInvalid",
                            "An ONVIF address looks like 192.168.1.10:80 or"
                                    + " http://192.168.1.10/onvif/device_service."));
            return null;
        }
        try {
            urls.checkHost(address.host(), address.port());
        } catch (UrlRefused refused) {
            wrong.add(new FieldError("onvif.address", refused.code(), refused.sentence()));
        }
        return address;
    }

    /// A user name inside the pasted URL wins: it is what the person typed last.
    private static @Nullable String username(
            CameraDraft draft, @Nullable PastedUrl main, @Nullable PastedUrl sub) {
        if (main != null && main.username() != null) {
            return main.username();
        }
        if (draft.username() == null && sub != null) {
            return sub.username();
        }
        String given = draft.username();
        return given == null || given.isEmpty() ? null : given;
    }

    private static @Nullable Secret password(
            CameraDraft draft, @Nullable PastedUrl main, @Nullable PastedUrl sub) {
        Secret given = draft.password();
        if (main != null && main.username() != null) {
            given = main.password();
        } else if (draft.username() == null && sub != null && sub.username() != null) {
            given = sub.password();
        }
        return given == null || given.reveal().isEmpty() ? null : given;
    }

    private static void checkRecording(RecordingSettings recording, List<FieldError> wrong) {
        Duration segment = recording.segment();
        if (segment.compareTo(SHORTEST_SEGMENT) < 0 || segment.compareTo(LONGEST_SEGMENT) > 0) {
            wrong.add(
                    new FieldError(
                            "recording.segmentMs",
                            "camera.segmentOutOfRange",
                            "A recorded file is between 5 seconds and 1 hour long."));
        }
        Integer days = recording.retentionDays();
        if (days != null && (days < 1 || days > MAX_RETENTION_DAYS)) {
            wrong.add(
                    new FieldError(
                            "recording.retentionDays",
                            "camera.retentionOutOfRange",
                            "Recordings are kept between 1 and 3650 days."));
        }
        Long bytes = recording.retentionBytes();
        if (bytes != null && bytes < MIN_RETENTION_BYTES) {
            wrong.add(
                    new FieldError(
                            "recording.retentionBytes",
                            "camera.retentionOutOfRange",
                            "A limit on a camera's recordings is at least 1 MiB."));
        }
    }

    private static void checkSelection(RecordingSettings recording, List<FieldError> wrong) {
        checkLength("preRollMs", recording.preRoll(), LONGEST_PRE_ROLL, wrong);
        checkLength("postRollMs", recording.postRoll(), LONGEST_POST_ROLL, wrong);
        checkLength("mergeMs", recording.merge(), LONGEST_POST_ROLL, wrong);
        String week = recording.week();
        if (week != null && !WEEK.matcher(week).matches()) {
            wrong.add(
                    new FieldError(
                            "recording.week",
                            "camera.weekInvalid",
                            "A week has seven texts of 48 letters: X, C, M, O or a dot for each"
                                    + " half hour, Monday first."));
        }
    }

    private static void checkLength(
            String field, Duration length, Duration longest, List<FieldError> wrong) {
        if (length.isNegative() || length.compareTo(longest) > 0) {
            wrong.add(
                    new FieldError(
                            "recording." + field,
                            "camera.rollOutOfRange",
                            "Must be 0 to %d milliseconds.".formatted(longest.toMillis())));
        }
    }

    private static void checkLocation(@Nullable CameraLocation location, List<FieldError> wrong) {
        if (location == null) {
            return;
        }
        boolean onEarth = Math.abs(location.lon()) <= 180 && Math.abs(location.lat()) <= 90;
        Double heading = location.headingDeg();
        if (!onEarth || (heading != null && !(heading >= 0 && heading < 360))) {
            wrong.add(
                    new FieldError(
                            "location",
                            "camera.locationOutOfRange",
                            "A location has a longitude of -180 to 180, a latitude of -90 to 90 and"
                                    + " a heading of 0 up to 360 degrees."));
        }
    }

    private static List<String> labels(List<String> labels, List<FieldError> wrong) {
        if (labels.size() > MAX_LABELS) {
            wrong.add(
                    new FieldError(
                            "labels",
                            "camera.tooManyLabels",
                            "A camera has at most %d labels.".formatted(MAX_LABELS)));
            return List.of();
        }
        return labels.stream()
                .map(label -> TextRules.check("labels", label, MAX_LABEL, wrong))
                .filter(label -> !label.isEmpty())
                .distinct()
                .toList();
    }
}
