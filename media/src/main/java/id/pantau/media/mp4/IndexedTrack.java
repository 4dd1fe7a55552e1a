package id.pantau.media.mp4;

import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// All samples of one media track of a file, progressive or fragmented, on a common 90 kHz clock.
///
/// @param entry the sample entry that decodes all of them; samples of others are left out
/// @param shift what makes presentation times right and keeps them from lying before decode times,
///   in ticks of the media track
/// @param compositionBase the smallest composition offset if that is negative, else 0
record IndexedTrack(
        MediaTrack track,
        MediaTrack.Entry entry,
        SampleTable samples,
        long shift,
        int compositionBase) {
    /// @return null when the file has no such media track
    static @Nullable IndexedTrack read(InitSegmentReader init, MediaKind kind, BoxScanner boxes)
            throws IOException {
        MediaTrack track = init.movie().track(kind);
        if (track == null) {
            return null;
        }
        var samples = new SampleTable();
        copy(ProgressiveIndex.read(track, boxes.fileBytes()), track, samples);
        if (track.defaults() != null) {
            var scanner = new FragmentScanner(boxes, init.movie(), init.end());
            FragmentScanner.Found found;
            while ((found = scanner.next()) != null) {
                SampleTable more = found.fragment().samples(kind);
                if (more != null) {
                    copy(more, track, samples);
                }
            }
        }
        int base = 0;
        for (int i = 0; i < samples.size(); i++) {
            base = Math.min(base, samples.compositionOffset(i));
        }
        return new IndexedTrack(
                track, track.firstEntry(), samples, track.presentationShift() + base, base);
    }

    MediaKind kind() {
        return track.kind();
    }

    long dtsTicks(int index) {
        return ticks(samples.time(index) + shift);
    }

    long ptsTicks(int index) {
        return ticks(
                samples.time(index) + shift + samples.compositionOffset(index) - compositionBase);
    }

    long firstTicks() {
        return dtsTicks(0);
    }

    long endTicks() {
        return ticks(samples.end() + shift);
    }

    private long ticks(long time) {
        return MediaTime.of(time, track.timescale()).ticks90k();
    }

    private static void copy(SampleTable from, MediaTrack track, SampleTable to)
            throws MalformedMp4Exception {
        MediaTrack.Entry first = track.firstEntry();
        for (int i = 0; i < from.size(); i++) {
            int entry = from.entry(i);
            if (entry <= track.entries().size()
                    && track.entries().get(entry - 1).filter(first::equals).isPresent()) {
                to.add(
                        from.offset(i),
                        from.bytes(i),
                        from.time(i),
                        from.compositionOffset(i),
                        from.keyFrame(i),
                        entry);
            }
        }
        if (from.size() > 0) {
            to.end(from.end());
        }
    }
}
