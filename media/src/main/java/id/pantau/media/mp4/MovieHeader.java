package id.pantau.media.mp4;

import id.pantau.media.MediaKind;
import id.pantau.media.StreamFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A `moov` (ISO/IEC 14496-12 §8.2): the first video and the first audio media track whose codec is
/// ours. Others are passed over.
record MovieHeader(@Nullable MediaTrack video, @Nullable MediaTrack audio) {
    /// @throws MalformedMp4Exception when it is damaged, or holds no media track of ours
    static MovieHeader read(Fields moov) throws MalformedMp4Exception {
        List<Fields> traks = new ArrayList<>();
        Map<Integer, MediaTrack.Defaults> defaults = new HashMap<>();
        long movieTimescale = 1000;
        while (moov.hasBox()) {
            Fields box = moov.box();
            if (box.type() == FourCc.MVHD) {
                movieTimescale = readTimescale(box);
            } else if (box.type() == FourCc.TRAK) {
                traks.add(box);
            } else if (box.type() == FourCc.MVEX) {
                readDefaults(box, defaults);
            }
        }
        MediaTrack video = null;
        MediaTrack audio = null;
        List<String> unknown = new ArrayList<>();
        Map<MediaKind, String> encrypted = new EnumMap<>(MediaKind.class);
        for (Fields trak : traks) {
            MediaTrack track = readTrack(trak, movieTimescale, defaults, unknown, encrypted);
            if (track == null) {
                continue;
            }
            if (track.kind() == MediaKind.VIDEO && video == null) {
                video = track;
            } else if (track.kind() == MediaKind.AUDIO && audio == null) {
                audio = track;
            }
        }
        // A picture that is left out without a word would be taken for a recording of sound.
        refuseEncrypted(moov, MediaKind.VIDEO, video, encrypted);
        refuseEncrypted(moov, MediaKind.AUDIO, audio, encrypted);
        if (video == null && audio == null) {
            throw moov.malformed("no media track of a codec we know, but %s".formatted(unknown));
        }
        return new MovieHeader(video, audio);
    }

    private static void refuseEncrypted(
            Fields moov,
            MediaKind kind,
            @Nullable MediaTrack clear,
            Map<MediaKind, String> encrypted)
            throws MalformedMp4Exception {
        String scheme = encrypted.get(kind);
        if (clear == null && scheme != null) {
            throw moov.malformed(
                    "the %s is encrypted (%s); only clear media can be read"
                            .formatted(kind == MediaKind.VIDEO ? "video" : "audio", scheme));
        }
    }

    StreamFormat format() {
        return new StreamFormat(
                video == null ? null : video.firstEntry().video(),
                audio == null ? null : audio.firstEntry().audio());
    }

    @Nullable MediaTrack track(int id) {
        if (video != null && video.id() == id) {
            return video;
        }
        return audio != null && audio.id() == id ? audio : null;
    }

    @Nullable MediaTrack track(MediaKind kind) {
        return switch (kind) {
            case VIDEO -> video;
            case AUDIO -> audio;
        };
    }

    private static void readDefaults(Fields mvex, Map<Integer, MediaTrack.Defaults> defaults)
            throws MalformedMp4Exception {
        while (mvex.hasBox()) {
            Fields box = mvex.box();
            if (box.type() == FourCc.TREX) {
                box.skip(4);
                defaults.put(
                        box.i32(),
                        new MediaTrack.Defaults(box.i32(), box.u32(), box.u32(), box.i32()));
            }
        }
    }

    private static @Nullable MediaTrack readTrack(
            Fields trak,
            long movieTimescale,
            Map<Integer, MediaTrack.Defaults> defaults,
            List<String> unknown,
            Map<MediaKind, String> encrypted)
            throws MalformedMp4Exception {
        int id = 0;
        Fields edits = null;
        Fields media = null;
        while (trak.hasBox()) {
            Fields box = trak.box();
            if (box.type() == FourCc.TKHD) {
                id = box.skip(box.u8() == 1 ? 19 : 11).i32();
            } else if (box.type() == FourCc.EDTS) {
                edits = child(box, FourCc.ELST);
            } else if (box.type() == FourCc.MDIA) {
                media = box;
            }
        }
        if (media == null) {
            return null;
        }
        long timescale = 0;
        int handler = 0;
        Fields table = null;
        while (media.hasBox()) {
            Fields box = media.box();
            if (box.type() == FourCc.MDHD) {
                timescale = readTimescale(box);
            } else if (box.type() == FourCc.HDLR) {
                handler = box.skip(8).i32();
            } else if (box.type() == FourCc.MINF) {
                table = child(box, FourCc.STBL);
            }
        }
        if (table == null || handler != FourCc.VIDE && handler != FourCc.SOUN) {
            return null;
        }
        if (timescale <= 0 || timescale > Integer.MAX_VALUE) {
            throw table.malformed("media track %d has no timescale".formatted(id));
        }
        MediaKind kind = handler == FourCc.VIDE ? MediaKind.VIDEO : MediaKind.AUDIO;
        Fields stsd = child(table.fresh(), FourCc.STSD);
        List<Optional<MediaTrack.Entry>> entries =
                stsd == null
                        ? List.of()
                        : readEntries(stsd, kind, (int) timescale, unknown, encrypted);
        if (entries.stream().allMatch(Optional::isEmpty)) {
            return null;
        }
        return new MediaTrack(
                id,
                kind,
                (int) timescale,
                entries,
                edits == null ? 0 : readShift(edits, timescale, movieTimescale),
                table.fresh(),
                defaults.get(id));
    }

    private static List<Optional<MediaTrack.Entry>> readEntries(
            Fields stsd,
            MediaKind kind,
            int timescale,
            List<String> unknown,
            Map<MediaKind, String> encrypted)
            throws MalformedMp4Exception {
        List<Optional<MediaTrack.Entry>> entries = new ArrayList<>();
        stsd.skip(8);
        while (stsd.hasBox()) {
            Fields entry = stsd.box();
            String scheme = SampleEntryReader.protection(entry);
            if (scheme != null) {
                encrypted.putIfAbsent(kind, scheme);
            }
            Optional<MediaTrack.Entry> read =
                    kind == MediaKind.VIDEO
                            ? SampleEntryReader.readVideo(entry)
                            : SampleEntryReader.readAudio(entry, timescale);
            if (read.isEmpty()) {
                unknown.add(FourCc.text(entry.type()));
            }
            entries.add(read);
        }
        return List.copyOf(entries);
    }

    /// The usual edit lists (§8.6.6): empty edits that delay, then one edit that begins inside the
    /// media. Later edits are not followed.
    private static long readShift(Fields elst, long timescale, long movieTimescale)
            throws MalformedMp4Exception {
        int version = elst.u8();
        elst.skip(3);
        int count = elst.entries(elst.u32(), version == 1 ? 20 : 12);
        double delay = 0;
        for (int i = 0; i < count; i++) {
            long duration = version == 1 ? elst.i64() : elst.u32();
            long mediaTime = version == 1 ? elst.i64() : elst.i32();
            elst.skip(4);
            if (mediaTime != -1) {
                return Math.round(delay * timescale) - mediaTime;
            }
            delay += movieTimescale > 0 ? (double) duration / movieTimescale : 0;
        }
        return 0;
    }

    /// Of `mvhd` and `mdhd`, which begin alike.
    private static long readTimescale(Fields header) throws MalformedMp4Exception {
        return header.skip(header.u8() == 1 ? 19 : 11).u32();
    }

    private static @Nullable Fields child(Fields boxes, int type) throws MalformedMp4Exception {
        while (boxes.hasBox()) {
            Fields box = boxes.box();
            if (box.type() == type) {
                return box;
            }
        }
        return null;
    }
}
