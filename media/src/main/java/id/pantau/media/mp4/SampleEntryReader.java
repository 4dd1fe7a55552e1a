package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.codec.AacConfig;
import id.pantau.media.codec.H265Nal;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.VideoParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads sample entries (ISO/IEC 14496-12 §8.5.2, -14 §6.7, -15 §5.4 and §8.4) back into formats.
final class SampleEntryReader {
    private static final int OBJECT_TYPE_AAC = 0x40;
    private static final int OBJECT_TYPE_MPEG2_AAC_MAIN = 0x66;
    private static final int OBJECT_TYPE_MPEG2_AAC_SSR = 0x68;
    private static final int STREAM_INFO_BYTES = 34;
    private static final String UNKNOWN_SCHEME = "unknown scheme";

    private SampleEntryReader() {}

    /// @return empty when it is encrypted or of a codec that is not ours
    static Optional<MediaTrack.Entry> readVideo(Fields entry) throws MalformedMp4Exception {
        int type = entry.type();
        boolean avc = type == FourCc.AVC1 || type == FourCc.AVC3;
        if (!avc && type != FourCc.HVC1 && type != FourCc.HEV1) {
            return Optional.empty();
        }
        entry.skip(78);
        Fields configuration = find(entry, avc ? FourCc.AVCC : FourCc.HVCC);
        if (configuration == null) {
            return Optional.empty();
        }
        return avc ? readAvcC(configuration) : readHvcC(configuration);
    }

    /// The protection scheme of an encrypted sample entry (ISO/IEC 14496-12 §8.12): `cenc` or
    /// `cbcs` of Common Encryption, or another.
    ///
    /// @param entry from its beginning; not moved
    /// @return null when it is not encrypted
    static @Nullable String protection(Fields entry) {
        int type = entry.type();
        if (type != FourCc.ENCV && type != FourCc.ENCA) {
            return null;
        }
        try {
            Fields sinf = find(entry.fresh().skip(type == FourCc.ENCV ? 78 : 28), FourCc.SINF);
            Fields schm = sinf == null ? null : find(sinf, FourCc.SCHM);
            return schm == null ? UNKNOWN_SCHEME : FourCc.text(schm.skip(4).i32());
        } catch (MalformedMp4Exception _) {
            return UNKNOWN_SCHEME; // encrypted all the same
        }
    }

    /// @param timescale of the media track, taken as the rate where nothing else says one
    /// @return empty when it is encrypted or of a codec that is not ours
    static Optional<MediaTrack.Entry> readAudio(Fields entry, int timescale)
            throws MalformedMp4Exception {
        int type = entry.type();
        if (type != FourCc.MP4A
                && type != FourCc.ULAW
                && type != FourCc.ALAW
                && type != FourCc.OPUS
                && type != FourCc.FLAC) {
            return Optional.empty();
        }
        entry.skip(8);
        int version = entry.u16();
        entry.skip(6);
        int channels = Math.clamp(entry.u16(), 1, 8);
        entry.skip(6);
        int said = (int) (entry.u32() >>> 16);
        int rate = said > 0 ? said : timescale;
        if (version > 0) { // QuickTime sound descriptions
            entry.skip(Math.min(entry.remaining(), version == 1 ? 16 : 36));
        }
        @Nullable AudioFormat format;
        if (type == FourCc.MP4A) {
            format = readAac(entry, rate, channels);
        } else if (type == FourCc.OPUS) {
            Fields config = find(entry, FourCc.DOPS);
            Bytes body = config == null ? Bytes.EMPTY : config.rest();
            format = body.isEmpty() ? null : new AudioFormat(Codec.OPUS, 48_000, channels, body);
        } else if (type == FourCc.FLAC) {
            format = readFlac(entry, rate, channels);
        } else {
            Codec codec = type == FourCc.ULAW ? Codec.PCMU : Codec.PCMA;
            format = new AudioFormat(codec, rate, channels, Bytes.EMPTY);
        }
        return Optional.ofNullable(format).map(it -> new MediaTrack.Entry(it, 0));
    }

    static Optional<MediaTrack.Entry> readAvcC(Fields in) throws MalformedMp4Exception {
        in.skip(4);
        int nalLength = (in.u8() & 3) + 1;
        List<Bytes> sps = readSets(in, in.u8() & 31);
        List<Bytes> pps = readSets(in, in.u8());
        return video(Codec.H264, nalLength, List.of(), sps, pps);
    }

    static Optional<MediaTrack.Entry> readHvcC(Fields in) throws MalformedMp4Exception {
        in.skip(21);
        int nalLength = (in.u8() & 3) + 1;
        List<Bytes> vps = new ArrayList<>();
        List<Bytes> sps = new ArrayList<>();
        List<Bytes> pps = new ArrayList<>();
        for (int arrays = in.u8(); arrays > 0; arrays--) {
            int type = in.u8() & 0x3f;
            List<Bytes> sets = readSets(in, in.u16());
            switch (type) {
                case H265Nal.VPS -> vps.addAll(sets);
                case H265Nal.SPS -> sps.addAll(sets);
                case H265Nal.PPS -> pps.addAll(sets);
                default -> {} // SEI: says nothing about decoding
            }
        }
        return video(Codec.H265, nalLength, vps, sps, pps);
    }

    /// The size is the SPS's: what sample entries say is not always cropped.
    private static Optional<MediaTrack.Entry> video(
            Codec codec, int nalLength, List<Bytes> vps, List<Bytes> sps, List<Bytes> pps) {
        if (nalLength == 3) {
            return Optional.empty();
        }
        try {
            var format = VideoParameters.format(codec, vps, sps, pps);
            return Optional.of(new MediaTrack.Entry(format, nalLength));
        } catch (MalformedBitstreamException _) {
            return Optional.empty(); // nothing could decode it
        }
    }

    private static List<Bytes> readSets(Fields in, int count) throws MalformedMp4Exception {
        List<Bytes> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Bytes set = in.bytes(in.u16());
            if (!set.isEmpty()) {
                sets.add(set);
            }
        }
        return sets;
    }

    private static @Nullable AudioFormat readAac(Fields entry, int rate, int channels)
            throws MalformedMp4Exception {
        Fields esds = find(entry, FourCc.ESDS);
        if (esds == null) {
            return null;
        }
        esds.skip(4);
        Bytes config = readAudioSpecificConfig(esds);
        if (config == null) {
            return null;
        }
        return new AudioFormat(Codec.AAC, rate, aacChannels(config, channels), config);
    }

    private static int aacChannels(Bytes config, int said) {
        try {
            int channels = AacConfig.parse(config.buffer()).channels();
            return channels >= 1 && channels <= 8 ? channels : said;
        } catch (MalformedBitstreamException _) {
            return said;
        }
    }

    /// @return null when the stream is not AAC
    private static @Nullable Bytes readAudioSpecificConfig(Fields in) throws MalformedMp4Exception {
        while (in.remaining() > 1) {
            int tag = in.u8();
            int size = descriptorSize(in);
            switch (tag) {
                case 3 -> {
                    in.skip(2);
                    int flags = in.u8();
                    in.skip((flags & 0x80) != 0 ? 2 : 0);
                    in.skip((flags & 0x40) != 0 ? in.u8() : 0);
                    in.skip((flags & 0x20) != 0 ? 2 : 0);
                }
                case 4 -> {
                    int objectType = in.u8();
                    in.skip(12);
                    if (objectType != OBJECT_TYPE_AAC
                            && (objectType < OBJECT_TYPE_MPEG2_AAC_MAIN
                                    || objectType > OBJECT_TYPE_MPEG2_AAC_SSR)) {
                        return null;
                    }
                }
                case 5 -> {
                    return in.bytes(size);
                }
                default -> in.skip(Math.min(size, in.remaining()));
            }
        }
        return null;
    }

    private static int descriptorSize(Fields in) throws MalformedMp4Exception {
        int size = 0;
        for (int i = 0; i < 4; i++) {
            int next = in.u8();
            size = size << 7 | next & 0x7f;
            if (next < 0x80) {
                break;
            }
        }
        return size;
    }

    private static @Nullable AudioFormat readFlac(Fields entry, int rate, int channels)
            throws MalformedMp4Exception {
        Fields dfLa = find(entry, FourCc.DFLA);
        if (dfLa == null) {
            return null;
        }
        dfLa.skip(4);
        boolean streamInfo = (dfLa.u8() & 0x7f) == 0;
        int size = dfLa.u8() << 16 | dfLa.u16();
        if (!streamInfo || size != STREAM_INFO_BYTES) {
            throw dfLa.malformed("begins with no STREAMINFO");
        }
        return new AudioFormat(Codec.FLAC, rate, channels, dfLa.bytes(size));
    }

    /// Looks through the boxes of a sample entry, and into QuickTime's `wave`.
    private static @Nullable Fields find(Fields boxes, int type) throws MalformedMp4Exception {
        while (boxes.hasBox()) {
            Fields box = boxes.box();
            if (box.type() == type) {
                return box;
            }
            if (box.type() == FourCc.WAVE) {
                Fields inside = find(box, type);
                if (inside != null) {
                    return inside;
                }
            }
        }
        return null;
    }
}
