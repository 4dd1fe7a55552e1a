package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.MediaFormat;
import id.pantau.media.MediaKind;
import id.pantau.media.VideoFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One `trak` of a `moov` that we can carry, with its `trex`.
///
/// @param timescale ticks per second, positive
/// @param entries sample entries in order; empty where the codec is not ours
/// @param presentationShift what the edit list adds to every time, in ticks
/// @param sampleTable the body of `stbl`
/// @param defaults of its fragments; null in a progressive file
record MediaTrack(
        int id,
        MediaKind kind,
        int timescale,
        List<Optional<Entry>> entries,
        long presentationShift,
        Fields sampleTable,
        @Nullable Defaults defaults) {
    /// A sample entry.
    ///
    /// @param nalLengthBytes 1, 2 or 4 for video; 0 for audio
    record Entry(MediaFormat format, int nalLengthBytes) {
        Codec codec() {
            return format.codec();
        }

        VideoFormat video() {
            return (VideoFormat) format;
        }

        AudioFormat audio() {
            return (AudioFormat) format;
        }
    }

    /// `trex`: what a fragment does not say itself.
    record Defaults(int sampleEntry, long duration, long size, int flags) {
        static final Defaults NONE = new Defaults(1, 0, 0, 0);
    }

    /// @param index from 1, as files count
    /// @throws MalformedMp4Exception when there is no such entry or its codec is not ours
    Entry entry(int index) throws MalformedMp4Exception {
        if (index >= 1 && index <= entries.size() && entries.get(index - 1).isPresent()) {
            return entries.get(index - 1).get();
        }
        throw new MalformedMp4Exception(
                "media track %d: sample entry %d is none we know".formatted(id, index));
    }

    Entry firstEntry() {
        return entries.stream().flatMap(Optional::stream).findFirst().orElseThrow();
    }
}
