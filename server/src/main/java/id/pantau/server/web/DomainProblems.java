package id.pantau.server.web;

import id.pantau.media.hls.HlsException;
import id.pantau.server.camera.CameraException;
import id.pantau.server.models.ModelsException;
import id.pantau.server.onvif.OnvifException;
import id.pantau.server.playback.PlaybackException;
import id.pantau.server.recording.RecordingException;
import id.pantau.server.relay.RelayException;
import id.pantau.server.vision.WorkersException;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Refusals of the camera, ONVIF, live, relay, models, recording and playback domains as problem
/// documents.
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class DomainProblems {
    @ExceptionHandler
    ResponseEntity<Problem> of(CameraException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> answer(HttpStatus.NOT_FOUND, "camera.notFound", text(e), List.of());
            case EXISTS -> answer(HttpStatus.CONFLICT, "camera.exists", text(e), List.of());
            case OFF -> answer(HttpStatus.CONFLICT, "camera.off", text(e), List.of());
            case INVALID ->
                    answer(
                            HttpStatus.BAD_REQUEST,
                            "camera.invalid",
                            text(e),
                            e.fieldErrors().stream()
                                    .map(error ->
                                            new Problem.FieldError(
                                                    error.field(), error.code(), error.message()))
                                    .toList());
        };
    }

    @ExceptionHandler
    ResponseEntity<Problem> of(OnvifException e) {
        return switch (e.category()) {
            case NOT_AUTHORISED -> onvif(HttpStatus.UNPROCESSABLE_CONTENT, "notAuthorised", e);
            case LOCKED_OUT -> onvif(HttpStatus.UNPROCESSABLE_CONTENT, "lockedOut", e);
            case CLOCK_WRONG -> onvif(HttpStatus.UNPROCESSABLE_CONTENT, "clockWrong", e);
            case NOT_SUPPORTED -> onvif(HttpStatus.UNPROCESSABLE_CONTENT, "notSupported", e);
            case REQUEST_REFUSED -> onvif(HttpStatus.UNPROCESSABLE_CONTENT, "refused", e);
            case ADDRESS_REFUSED -> onvif(HttpStatus.BAD_REQUEST, "addressRefused", e);
            case NOT_ONVIF -> onvif(HttpStatus.BAD_GATEWAY, "notOnvif", e);
            case TIMEOUT -> onvif(HttpStatus.GATEWAY_TIMEOUT, "timeout", e);
            case UNREACHABLE -> onvif(HttpStatus.BAD_GATEWAY, "unreachable", e);
        };
    }

    private static ResponseEntity<Problem> onvif(HttpStatus status, String code, OnvifException e) {
        return answer(status, "onvif." + code, e.sentence(), List.of());
    }

    @ExceptionHandler
    ResponseEntity<Problem> of(RelayException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> answer(HttpStatus.NOT_FOUND, "relay.notFound", text(e), List.of());
            case TOO_MANY -> answer(HttpStatus.CONFLICT, "relay.tooMany", text(e), List.of());
            case INVALID ->
                    answer(
                            HttpStatus.BAD_REQUEST,
                            "request.invalid",
                            e.field() + " " + text(e),
                            List.of(
                                    new Problem.FieldError(
                                            String.valueOf(e.field()),
                                            String.valueOf(e.code()),
                                            text(e))));
        };
    }

    @ExceptionHandler
    ResponseEntity<Problem> of(ModelsException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> model(HttpStatus.NOT_FOUND, "notFound", e);
            case NOT_OFFERED -> model(HttpStatus.CONFLICT, "notOffered", e);
            case BUSY -> model(HttpStatus.CONFLICT, "busy", e);
            case EXISTS -> model(HttpStatus.CONFLICT, "exists", e);
            case NOT_OURS -> model(HttpStatus.CONFLICT, "notOurs", e);
            case UNUSABLE -> model(HttpStatus.UNPROCESSABLE_CONTENT, "unusable", e);
            case NAME_INVALID -> model(HttpStatus.BAD_REQUEST, "nameInvalid", e);
            case TOO_LARGE -> model(HttpStatus.CONTENT_TOO_LARGE, "tooLarge", e);
            case STORAGE -> model(HttpStatus.SERVICE_UNAVAILABLE, "storage", e);
        };
    }

    private static ResponseEntity<Problem> model(
            HttpStatus status, String code, ModelsException e) {
        return answer(status, "model." + code, text(e), List.of());
    }

    @ExceptionHandler
    ResponseEntity<Problem> of(WorkersException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> worker(HttpStatus.NOT_FOUND, "notFound", e);
            case NAME_INVALID -> worker(HttpStatus.BAD_REQUEST, "nameInvalid", e);
            case NAME_TAKEN -> worker(HttpStatus.CONFLICT, "nameTaken", e);
            case CAPACITY_INVALID -> worker(HttpStatus.BAD_REQUEST, "capacityInvalid", e);
            case STORAGE -> worker(HttpStatus.SERVICE_UNAVAILABLE, "storage", e);
        };
    }

    private static ResponseEntity<Problem> worker(
            HttpStatus status, String code, WorkersException e) {
        return answer(status, "worker." + code, text(e), List.of());
    }

    @ExceptionHandler
    ResponseEntity<Problem> of(PlaybackException e) {
        return switch (e.reason()) {
            case NONE -> answer(HttpStatus.NOT_FOUND, "recording.none", text(e), List.of());
            case UNREADABLE ->
                    answer(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "recording.unreadable",
                            text(e),
                            List.of());
        };
    }

    @ExceptionHandler
    ResponseEntity<Problem> of(HlsException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> answer(HttpStatus.NOT_FOUND, "hls.notFound", text(e), List.of());
            case INVALID -> answer(HttpStatus.BAD_REQUEST, "hls.invalid", text(e), List.of());
            case NOT_READY ->
                    answer(HttpStatus.SERVICE_UNAVAILABLE, "hls.notReady", text(e), List.of());
        };
    }

    @ExceptionHandler
    ResponseEntity<Problem> of(RecordingException e) {
        return switch (e.category()) {
            case NOT_FOUND ->
                    answer(
                            HttpStatus.NOT_FOUND,
                            "recording.none",
                            "The recording is not there any more.",
                            List.of());
            case UNREADABLE, VOLUME_UNUSABLE ->
                    answer(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "recording.unreadable",
                            "The recording cannot be read; look at the state of the disks.",
                            List.of());
        };
    }

    private static ResponseEntity<Problem> answer(
            HttpStatus status, String code, String detail, List<Problem.FieldError> errors) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(status, code, detail, Map.of(), errors));
    }

    private static String text(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
