package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import id.pantau.media.VideoFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes `ftyp` and the `moov` of a fragmented file (ISO/IEC 14496-12 §8): at most one video and
/// one audio media track, each with one sample entry per decoder configuration, no samples.
final class MovieHeaderWriter {
    static final int VIDEO_TRACK = 1;
    static final int AUDIO_TRACK = 2;

    /// Undetermined, in packed ISO 639-2/T.
    private static final int LANGUAGE_UND = 0x55c4;

    /// sample_depends_on = 1, sample_is_non_sync_sample = 1.
    static final int NON_SYNC_SAMPLE = 0x0101_0000;

    /// sample_depends_on = 2: decodes on its own.
    static final int SYNC_SAMPLE = 0x0200_0000;

    private MovieHeaderWriter() {}

    static int trackId(MediaKind kind) {
        return switch (kind) {
            case VIDEO -> VIDEO_TRACK;
            case AUDIO -> AUDIO_TRACK;
        };
    }

    static void write(
            BoxWriter out, List<VideoFormat> video, List<AudioFormat> audio, int audioTimescale) {
        out.begin(FourCc.FTYP).u32(FourCc.of("iso6")).u32(0);
        out.u32(FourCc.of("iso5")).u32(FourCc.of("iso6")).u32(FourCc.of("mp41")).end();
        out.begin(FourCc.MOOV);
        out.begin(FourCc.MVHD, 0, 0).u32(0).u32(0).u32(MediaTime.TICKS_PER_SECOND).u32(0);
        out.u32(0x0001_0000).u16(0x0100).zeros(10);
        matrix(out).zeros(24).u32(AUDIO_TRACK + 1).end();
        if (!video.isEmpty()) {
            writeVideoTrack(out, video);
        }
        if (!audio.isEmpty()) {
            writeAudioTrack(out, audio, audioTimescale);
        }
        out.begin(FourCc.MVEX);
        if (!video.isEmpty()) {
            writeTrex(out, VIDEO_TRACK, NON_SYNC_SAMPLE);
        }
        if (!audio.isEmpty()) {
            writeTrex(out, AUDIO_TRACK, SYNC_SAMPLE);
        }
        out.end().end();
    }

    private static void writeVideoTrack(BoxWriter out, List<VideoFormat> formats) {
        VideoFormat first = formats.getFirst();
        beginTrack(out, VIDEO_TRACK, 0, first.widthPx(), first.heightPx());
        beginMedia(out, (int) MediaTime.TICKS_PER_SECOND, FourCc.VIDE, "VideoHandler");
        out.begin(FourCc.VMHD, 0, 1).zeros(8).end();
        beginSampleTable(out, formats.size());
        formats.forEach(format -> writeVideoEntry(out, format));
        endTrack(out);
    }

    private static void writeAudioTrack(BoxWriter out, List<AudioFormat> formats, int timescale) {
        beginTrack(out, AUDIO_TRACK, 0x0100, 0, 0);
        beginMedia(out, timescale, FourCc.SOUN, "SoundHandler");
        out.begin(FourCc.SMHD, 0, 0).zeros(4).end();
        beginSampleTable(out, formats.size());
        formats.forEach(format -> writeAudioEntry(out, format));
        endTrack(out);
    }

    private static void beginTrack(BoxWriter out, int id, int volume, int width, int height) {
        out.begin(FourCc.TRAK);
        out.begin(FourCc.TKHD, 0, 7).u32(0).u32(0).u32(id).u32(0).u32(0).zeros(8);
        out.u16(0).u16(0).u16(volume).u16(0);
        matrix(out).u32((long) width << 16).u32((long) height << 16).end();
    }

    private static void beginMedia(BoxWriter out, int timescale, int handler, String name) {
        out.begin(FourCc.MDIA);
        out.begin(FourCc.MDHD, 0, 0).u32(0).u32(0).u32(timescale).u32(0);
        out.u16(LANGUAGE_UND).u16(0).end();
        out.begin(FourCc.HDLR, 0, 0).u32(0).u32(handler).zeros(12);
        out.bytes(Bytes.of(name.getBytes(StandardCharsets.US_ASCII))).u8(0).end();
        out.begin(FourCc.MINF);
    }

    private static void beginSampleTable(BoxWriter out, int entries) {
        out.begin(FourCc.DINF).begin(FourCc.DREF, 0, 0).u32(1);
        out.begin(FourCc.URL, 0, 1).end().end().end();
        out.begin(FourCc.STBL).begin(FourCc.STSD, 0, 0).u32(entries);
    }

    /// Ends `stsd`, adds the empty tables and ends everything up to `trak`.
    private static void endTrack(BoxWriter out) {
        out.end();
        out.begin(FourCc.STTS, 0, 0).u32(0).end();
        out.begin(FourCc.STSC, 0, 0).u32(0).end();
        out.begin(FourCc.STSZ, 0, 0).u32(0).u32(0).end();
        out.begin(FourCc.STCO, 0, 0).u32(0).end();
        out.end().end().end().end();
    }

    private static void writeVideoEntry(BoxWriter out, VideoFormat format) {
        boolean hevc = format.codec() == Codec.H265;
        out.begin(hevc ? FourCc.HVC1 : FourCc.AVC1).zeros(6).u16(1).zeros(16);
        out.u16(format.widthPx()).u16(format.heightPx());
        out.u32(0x0048_0000).u32(0x0048_0000).u32(0).u16(1).zeros(32).u16(24).u16(0xffff);
        if (hevc) {
            DecoderConfigurations.writeHvcC(out, format);
        } else {
            DecoderConfigurations.writeAvcC(out, format);
        }
        out.end();
    }

    private static void writeAudioEntry(BoxWriter out, AudioFormat format) {
        out.begin(audioEntryType(format)).zeros(6).u16(1).zeros(8);
        out.u16(format.channels()).u16(16).u32(0);
        // 16.16 cannot say more than 65535 Hz: decoders then read their own configuration
        out.u32(format.sampleRateHz() > 0xffff ? 0 : (long) format.sampleRateHz() << 16);
        switch (format.codec()) {
            case AAC -> DecoderConfigurations.writeEsds(out, format.config());
            case OPUS -> DecoderConfigurations.writeDOps(out, format);
            case FLAC -> DecoderConfigurations.writeDfLa(out, format.config());
            case PCMU, PCMA, H264, H265 -> {}
        }
        out.end();
    }

    private static int audioEntryType(AudioFormat format) {
        return switch (format.codec()) {
            case AAC -> FourCc.MP4A;
            case PCMU -> FourCc.ULAW;
            case PCMA -> FourCc.ALAW;
            case OPUS -> FourCc.OPUS;
            case FLAC -> FourCc.FLAC;
            case H264, H265 -> throw DecoderConfigurations.wrongKind(format.codec());
        };
    }

    private static void writeTrex(BoxWriter out, int trackId, int sampleFlags) {
        out.begin(FourCc.TREX, 0, 0).u32(trackId).u32(1).u32(0).u32(0).u32(sampleFlags).end();
    }

    /// The unity matrix.
    private static BoxWriter matrix(BoxWriter out) {
        return out.u32(0x0001_0000).zeros(12).u32(0x0001_0000).zeros(12).u32(0x4000_0000);
    }
}
