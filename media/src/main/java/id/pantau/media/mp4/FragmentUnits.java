package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads one fragment of a recorded file into memory and hands its samples out.
final class FragmentUnits {

    private FragmentUnits() {}

    static List<AccessUnit> read(SeekableByteChannel channel, RecordedFile.Entry entry)
            throws IOException {
        var boxes = new BoxScanner(channel);
        MovieHeader movie = InitSegmentReader.read(boxes).movie();
        FragmentBytes bytes = FragmentBytes.read(boxes, entry);
        MovieFragment fragment =
                MovieFragment.read(
                        bytes.moof(), movie, bytes.moofOffset(), boxes.fileBytes(), Map.of());
        List<AccessUnit> units = new ArrayList<>();
        for (MediaKind kind : MediaKind.values()) {
            MediaTrack track = movie.track(kind);
            SampleTable samples = fragment.samples(kind);
            if (track == null || samples == null) {
                continue;
            }
            for (int i = 0; i < samples.size(); i++) {
                units.add(unit(track, samples, i, entry, bytes));
            }
        }
        return units;
    }

    private static AccessUnit unit(
            MediaTrack track,
            SampleTable samples,
            int index,
            RecordedFile.Entry entry,
            FragmentBytes bytes)
            throws MalformedMp4Exception {
        MediaTime dts = MediaTime.of(samples.time(index), track.timescale());
        long shown = samples.time(index) + samples.compositionOffset(index);
        Duration since = dts.since(entry.start());
        return new AccessUnit(
                track.kind(),
                dts,
                MediaTime.of(shown, track.timescale()),
                samples.keyFrame(index),
                entry.wallStart().plus(since),
                bytes.payload(samples.offset(index), samples.bytes(index)));
    }
}
