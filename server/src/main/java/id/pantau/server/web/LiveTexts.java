package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.media.StreamEnd;
import id.pantau.server.live.LiveMessage;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The texts of the live WebSocket.
@Component
class LiveTexts implements Function<LiveMessage, String> {
    record InitText(String type, String mime, CameraViews.FormatView format, Instant wallTime) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StateText(
            String type,
            String phase,
            Instant since,
            StreamEnd.@Nullable Reason reason,
            @Nullable String detail,
            @Nullable Instant nextAttemptAt) {}

    record StatsText(String type, double fps, long bitrateBps, long dropped, long delayMs) {}

    record TimeText(String type, double mediaMs, Instant wallTime) {}

    record DroppedText(String type, long count) {}

    private final JsonMapper json;

    LiveTexts(JsonMapper json) {
        this.json = json;
    }

    @Override
    public String apply(LiveMessage message) {
        return switch (message) {
            case LiveMessage.Init(var mime, var format, var wallTime) ->
                    text(new InitText("init", mime, CameraViews.of(format), wallTime));
            case LiveMessage.State(var state) -> {
                CameraViews.StreamStateView view = CameraViews.of(state);
                yield text(
                        new StateText(
                                "state",
                                view.phase(),
                                view.since(),
                                view.reason(),
                                view.detail(),
                                view.nextAttemptAt()));
            }
            case LiveMessage.Stats(var fps, var bitrate, var dropped, var delay) ->
                    text(new StatsText("stats", fps, bitrate, dropped, delay.toMillis()));
            case LiveMessage.Time(var media, var wallTime) ->
                    text(new TimeText("time", media.toNanos() / 1e6, wallTime));
            case LiveMessage.Dropped(long count) -> text(new DroppedText("dropped", count));
        };
    }

    private String text(Object message) {
        return json.writeValueAsString(message);
    }
}
