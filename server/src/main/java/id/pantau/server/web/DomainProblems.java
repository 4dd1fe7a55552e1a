package id.pantau.server.web;

import id.pantau.media.hls.HlsException;
import id.pantau.server.camera.CameraException;
import id.pantau.server.playback.PlaybackException;
import id.pantau.server.recording.RecordingException;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Refusals of the camera, live, recording and playback domains as problem documents.
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class DomainProblems {
    @ExceptionHandler
    ResponseEntity<Problem> of(CameraException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> answer(HttpStatus.NOT_FOUND, "camera.notFound", text(e), List.of());
            case EXISTS -> answer(HttpStatus.CONFLICT, "camera.exists", text(e), List.of());
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
