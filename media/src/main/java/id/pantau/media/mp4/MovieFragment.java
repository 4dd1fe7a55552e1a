package id.pantau.media.mp4;

import id.pantau.media.MediaKind;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A `moof` (ISO/IEC 14496-12 §8.8) with its samples, by media track.
final class MovieFragment {
    private static final int NON_SYNC = 0x1_0000;

    /// More than any second of media has; a run that names no size for each sample may claim any
    /// count.
    private static final int MAX_SAMPLES = 1 << 20;

    private final Map<MediaKind, SampleTable> tables = new EnumMap<>(MediaKind.class);
    private final MovieHeader movie;
    private final long moofOffset;
    private final long fileBytes;
    private final Map<MediaKind, Long> continueAt;
    private long dataEnd;
    private int samples;

    private MovieFragment(
            MovieHeader movie, long moofOffset, long fileBytes, Map<MediaKind, Long> continueAt) {
        this.movie = movie;
        this.moofOffset = moofOffset;
        this.fileBytes = fileBytes;
        this.continueAt = continueAt;
        dataEnd = moofOffset;
    }

    /// @param moof body of the box
    /// @param moofOffset where the box begins in the file
    /// @param continueAt decode times for media tracks whose `tfdt` is missing
    static MovieFragment read(
            Fields moof,
            MovieHeader movie,
            long moofOffset,
            long fileBytes,
            Map<MediaKind, Long> continueAt)
            throws MalformedMp4Exception {
        var fragment = new MovieFragment(movie, moofOffset, fileBytes, continueAt);
        while (moof.hasBox()) {
            Fields box = moof.box();
            if (box.type() == FourCc.TRAF) {
                fragment.readTraf(box);
            }
        }
        return fragment;
    }

    @Nullable SampleTable samples(MediaKind kind) {
        return tables.get(kind);
    }

    /// Past the last byte of any sample.
    long dataEnd() {
        long end = 0;
        for (SampleTable table : tables.values()) {
            for (int i = 0; i < table.size(); i++) {
                end = Math.max(end, table.offset(i) + table.bytes(i));
            }
        }
        return end;
    }

    private void readTraf(Fields traf) throws MalformedMp4Exception {
        MediaTrack track = null;
        MediaTrack.Defaults defaults = MediaTrack.Defaults.NONE;
        long base = dataEnd;
        SampleTable table = new SampleTable();
        boolean first = true;
        while (traf.hasBox()) {
            Fields box = traf.box();
            if (box.type() == FourCc.TFHD) {
                int flags = box.i32() & 0xff_ffff;
                track = movie.track(box.i32());
                if ((flags & 1) != 0) {
                    base = box.i64();
                } else if ((flags & FragmentWriter.TFHD_BASE_IS_MOOF) != 0 || samples == 0) {
                    base = moofOffset;
                }
                defaults = readDefaults(box, flags, track);
                dataEnd = base;
                if (track != null) {
                    table = tables.computeIfAbsent(track.kind(), _ -> new SampleTable());
                    first = table.size() == 0;
                    if (first) {
                        table.end(continueAt.getOrDefault(track.kind(), 0L));
                    }
                }
            } else if (box.type() == FourCc.TFDT && first) {
                int version = box.u8();
                box.skip(3);
                table.end(version == 1 ? box.i64() : box.u32());
            } else if (box.type() == FourCc.TRUN) {
                readTrun(box, table, track, defaults, base);
            }
        }
    }

    private static MediaTrack.Defaults readDefaults(
            Fields tfhd, int flags, @Nullable MediaTrack track) throws MalformedMp4Exception {
        MediaTrack.Defaults trex =
                track == null || track.defaults() == null
                        ? MediaTrack.Defaults.NONE
                        : track.defaults();
        return new MediaTrack.Defaults(
                (flags & FragmentWriter.TFHD_SAMPLE_ENTRY) != 0 ? tfhd.i32() : trex.sampleEntry(),
                (flags & FragmentWriter.TFHD_DURATION) != 0 ? tfhd.u32() : trex.duration(),
                (flags & FragmentWriter.TFHD_SIZE) != 0 ? tfhd.u32() : trex.size(),
                (flags & FragmentWriter.TFHD_FLAGS) != 0 ? tfhd.i32() : trex.flags());
    }

    /// Runs of media tracks that are not ours are followed too: the next run may begin where they
    /// end.
    private void readTrun(
            Fields trun,
            SampleTable table,
            @Nullable MediaTrack track,
            MediaTrack.Defaults defaults,
            long base)
            throws MalformedMp4Exception {
        int flags = trun.i32() & 0xff_ffff;
        long claimed = trun.u32();
        if ((flags & FragmentWriter.TRUN_DATA_OFFSET) != 0) {
            dataEnd = base + trun.i32();
        }
        int firstFlags =
                (flags & FragmentWriter.TRUN_FIRST_FLAGS) != 0 ? trun.i32() : defaults.flags();
        int perSample = Integer.bitCount(flags & 0xf00) * 4;
        int count =
                perSample > 0
                        ? trun.entries(claimed, perSample)
                        : (int) Math.min(claimed, Integer.MAX_VALUE);
        samples += Math.min(count, MAX_SAMPLES);
        boolean sized = (flags & FragmentWriter.TRUN_SIZE) != 0;
        if (samples > MAX_SAMPLES
                || count > MAX_SAMPLES
                || perSample == 0 && count * Math.max(1, defaults.size()) > fileBytes) {
            throw trun.malformed("claims %d samples".formatted(claimed));
        }
        long time = table.end();
        for (int i = 0; i < count; i++) {
            long duration =
                    (flags & FragmentWriter.TRUN_DURATION) != 0 ? trun.u32() : defaults.duration();
            long size = sized ? trun.u32() : defaults.size();
            int sampleFlags =
                    (flags & FragmentWriter.TRUN_FLAGS) != 0
                            ? trun.i32()
                            : i == 0 ? firstFlags : defaults.flags();
            int offset = (flags & FragmentWriter.TRUN_COMPOSITION) != 0 ? trun.i32() : 0;
            if (size > Integer.MAX_VALUE - 8 || dataEnd < 0 || dataEnd > Long.MAX_VALUE / 2) {
                throw trun.malformed("a sample of %d bytes at %d".formatted(size, dataEnd));
            }
            boolean key =
                    track == null
                            || track.kind() == MediaKind.AUDIO
                            || (sampleFlags & NON_SYNC) == 0;
            table.add(dataEnd, (int) size, time, offset, key, Math.max(1, defaults.sampleEntry()));
            dataEnd += size;
            time += duration;
        }
        table.end(time);
    }
}
