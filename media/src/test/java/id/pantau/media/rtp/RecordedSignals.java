package id.pantau.media.rtp;

import id.pantau.media.AccessUnit;
import id.pantau.media.StreamFormat;
import id.pantau.media.StreamSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Keeps what a receiver said, in order.
final class RecordedSignals implements Consumer<StreamSignal> {
    final List<StreamSignal> all = new ArrayList<>();

    @Override
    public void accept(StreamSignal signal) {
        all.add(signal);
    }

    List<AccessUnit> units() {
        return all.stream()
                .filter(StreamSignal.Unit.class::isInstance)
                .map(signal -> ((StreamSignal.Unit) signal).unit())
                .toList();
    }

    List<AccessUnit> video() {
        return units().stream().filter(AccessUnit::isVideo).toList();
    }

    List<AccessUnit> audio() {
        return units().stream().filter(unit -> !unit.isVideo()).toList();
    }

    List<StreamFormat> formats() {
        return all.stream()
                .filter(StreamSignal.FormatChanged.class::isInstance)
                .map(signal -> ((StreamSignal.FormatChanged) signal).format())
                .toList();
    }

    List<StreamSignal.Gap> gaps() {
        return all.stream()
                .filter(StreamSignal.Gap.class::isInstance)
                .map(StreamSignal.Gap.class::cast)
                .toList();
    }
}
