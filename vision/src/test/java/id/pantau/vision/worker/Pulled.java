package id.pantau.vision.worker;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import id.pantau.media.flv.FlvReader;
import id.pantau.media.flv.FlvReceiver;
import id.pantau.media.flv.FlvTag;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a job brought, read as the server reads it.
///
/// @param format null when nothing came
record Pulled(@Nullable StreamFormat format, List<AccessUnit> units, StreamEnd end) {
    static Pulled of(WorkerJob job) throws Exception {
        var formats = new ArrayList<StreamFormat>();
        var units = new ArrayList<AccessUnit>();
        var receiver =
                new FlvReceiver(
                        Clock.systemUTC(),
                        System::nanoTime,
                        signal -> {
                            switch (signal) {
                                case StreamSignal.FormatChanged(StreamFormat format) ->
                                        formats.add(format);
                                case StreamSignal.Unit(AccessUnit unit) -> units.add(unit);
                                case StreamSignal.Gap _, StreamSignal.Ended _ -> {}
                            }
                        });
        var reader = new FlvReader(job.media(), 8 << 20);
        for (Optional<FlvTag> tag; (tag = reader.next()).isPresent(); ) {
            receiver.accept(tag.get());
        }
        return new Pulled(formats.isEmpty() ? null : formats.getLast(), units, job.outcome().end());
    }

    long pictures() {
        return units.stream().filter(AccessUnit::isVideo).count();
    }

    long sounds() {
        return units.size() - pictures();
    }
}
