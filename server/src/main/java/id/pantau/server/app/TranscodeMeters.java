package id.pantau.server.app;

import id.pantau.server.camera.LiveTranscodes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/// Live transcodes in `/metrics`.
@Component
class TranscodeMeters implements MeterBinder {
    private final LiveTranscodes transcodes;

    TranscodeMeters(LiveTranscodes transcodes) {
        this.transcodes = transcodes;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("pantau.transcodes", transcodes, all -> all.figures().running())
                .description("cameras that are converted for browsers now")
                .register(registry);
        Gauge.builder("pantau.transcodes.limit", transcodes, all -> all.figures().limit())
                .register(registry);
        FunctionCounter.builder(
                        "pantau.transcodes.refused", transcodes, all -> all.figures().refused())
                .description("tries for which no place was free")
                .register(registry);
        FunctionCounter.builder(
                        "pantau.transcodes.dropped",
                        transcodes,
                        all -> all.figures().droppedUnits())
                .description("pictures that came too fast for the machine")
                .register(registry);
    }
}
