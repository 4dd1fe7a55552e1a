package id.pantau.media.mp4;

import java.util.ArrayList;
import java.util.List;

/// A progressive file with one H.264 media track, as editors and phones write it.
final class ProgressiveFile {
    static final int TIMESCALE = 12_800;

    /// Samples are 10 bytes of payload with a NAL length of 2 bytes, in chunks of two.
    ///
    /// @param compositionOffsets one per sample, in ticks
    /// @param mediaTime where the edit list begins, in ticks
    /// @param indexFirst whether `moov` stands before `mdat`
    static byte[] of(int[] compositionOffsets, int mediaTime, boolean indexFirst) {
        byte[] samples = samples(compositionOffsets.length);
        int moovBytes = moov(compositionOffsets, mediaTime, 0).length;
        int firstOffset = 8 + (indexFirst ? moovBytes : 0) + 8;
        byte[] moov = moov(compositionOffsets, mediaTime, firstOffset);
        var out = new BoxWriter(1024);
        out.begin(FourCc.of("free")).end();
        if (indexFirst) {
            out.bytes(id.pantau.media.Bytes.of(moov));
        }
        out.begin(FourCc.MDAT).bytes(id.pantau.media.Bytes.of(samples)).end();
        if (!indexFirst) {
            out.bytes(id.pantau.media.Bytes.of(moov));
        }
        return out.toBytes().toArray();
    }

    private static byte[] samples(int count) {
        var out = new BoxWriter(1024);
        for (int i = 0; i < count; i++) {
            out.u16(2).u16(0x09f0); // an access unit delimiter, to be left out
            out.u16(4).u8(i == 0 ? 0x65 : 0x41).u8(i).u16(0);
        }
        return out.toBytes().toArray();
    }

    private static byte[] moov(int[] compositionOffsets, int mediaTime, int firstOffset) {
        int count = compositionOffsets.length;
        var out = new BoxWriter(1024);
        out.begin(FourCc.MOOV);
        out.begin(FourCc.MVHD, 0, 0).u32(0).u32(0).u32(1000).u32(0).zeros(80).end();
        out.begin(FourCc.TRAK);
        out.begin(FourCc.TKHD, 0, 7).u32(0).u32(0).u32(7).zeros(68).end();
        out.begin(FourCc.EDTS).begin(FourCc.ELST, 0, 0).u32(2);
        out.u32(500).u32(-1).u32(0x1_0000).u32(9999).u32(mediaTime).u32(0x1_0000).end().end();
        out.begin(FourCc.MDIA);
        out.begin(FourCc.MDHD, 1, 0).u64(0).u64(0).u32(TIMESCALE).u64(0).u32(0).end();
        out.begin(FourCc.HDLR, 0, 0).u32(0).u32(FourCc.VIDE).zeros(13).end();
        out.begin(FourCc.MINF).begin(FourCc.STBL);
        out.begin(FourCc.STSD, 0, 0).u32(1).begin(FourCc.AVC1).zeros(78);
        out.begin(FourCc.AVCC).u8(1).u8(0x64).u8(0).u8(0x1e).u8(0xfd); // lengths of 2 bytes
        var sps = TestFormats.H264.sps().getFirst();
        var pps = TestFormats.H264.pps().getFirst();
        out.u8(0xe1).u16(sps.size()).bytes(sps).u8(1).u16(pps.size()).bytes(pps).end();
        out.end().end();
        out.begin(FourCc.STTS, 0, 0).u32(1).u32(count).u32(512).end();
        out.begin(FourCc.CTTS, 1, 0).u32(count);
        for (int offset : compositionOffsets) {
            out.u32(1).u32(offset);
        }
        out.end();
        out.begin(FourCc.STSS, 0, 0).u32(1).u32(1).end();
        out.begin(FourCc.STSC, 0, 0).u32(1).u32(1).u32(2).u32(1).end();
        out.begin(FourCc.STSZ, 0, 0).u32(10).u32(count).end();
        List<Integer> chunks = new ArrayList<>();
        for (int i = 0; i < count; i += 2) {
            chunks.add(firstOffset + i * 10);
        }
        out.begin(FourCc.STCO, 0, 0).u32(chunks.size());
        chunks.forEach(out::u32);
        out.end();
        return out.end().end().end().end().end().toBytes().toArray();
    }

    private ProgressiveFile() {}
}
