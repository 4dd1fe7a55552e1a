package id.pantau.media.mp4;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Writes `prft`, `moof` and the header of `mdat` into one buffer of exact size (ISO/IEC 14496-12
/// §8.16.5, §8.8). Every `tfhd` names its sample entry and every `tfdt` has 64 bits, so that an
/// [Export] can change them in place.
final class FragmentWriter {
    static final int PRFT_BYTES = 32;

    /// The media time was captured at that wall clock (§8.16.5.3: 16, and consistently so: 8).
    private static final int PRFT_CAPTURED = 24;

    static final int TFHD_SAMPLE_ENTRY = 0x2;
    static final int TFHD_DURATION = 0x8;
    static final int TFHD_SIZE = 0x10;
    static final int TFHD_FLAGS = 0x20;
    static final int TFHD_BASE_IS_MOOF = 0x02_0000;

    static final int TRUN_DATA_OFFSET = 0x1;
    static final int TRUN_FIRST_FLAGS = 0x4;
    static final int TRUN_DURATION = 0x100;
    static final int TRUN_SIZE = 0x200;
    static final int TRUN_FLAGS = 0x400;
    static final int TRUN_COMPOSITION = 0x800;

    private FragmentWriter() {}

    /// @param sequence of the fragment in its file, from 1
    /// @param runs at least one; each with samples; the first is what the wall clock refers to
    /// @return the header, then every payload
    static List<ByteBuffer> write(long sequence, Instant wallStart, List<SampleRun> runs) {
        int payloads = 0;
        int payloadBytes = 0;
        int headerBytes = PRFT_BYTES + 8 + 16 + 8;
        for (int i = 0; i < runs.size(); i++) {
            SampleRun run = runs.get(i);
            payloads += run.size();
            payloadBytes += run.payloadBytes();
            headerBytes += trafBytes(run);
        }
        var out = new BoxWriter(headerBytes);
        writePrft(out, runs.getFirst(), wallStart);
        int moofStart = out.position();
        int dataOffset = headerBytes - moofStart;
        out.begin(FourCc.MOOF).begin(FourCc.MFHD, 0, 0).u32(sequence).end();
        for (int i = 0; i < runs.size(); i++) {
            writeTraf(out, runs.get(i), dataOffset);
            dataOffset += runs.get(i).payloadBytes();
        }
        out.end();
        out.u32(payloadBytes + 8L).u32(FourCc.MDAT);
        var buffers = new ByteBuffer[1 + payloads];
        buffers[0] = out.toBuffer();
        int next = 1;
        for (int i = 0; i < runs.size(); i++) {
            SampleRun run = runs.get(i);
            for (int sample = 0; sample < run.size(); sample++) {
                buffers[next++] = run.payload(sample);
            }
        }
        return Collections.unmodifiableList(Arrays.asList(buffers));
    }

    private static void writePrft(BoxWriter out, SampleRun reference, Instant wallStart) {
        out.begin(FourCc.PRFT, 1, PRFT_CAPTURED).u32(reference.trackId);
        out.u64(NtpTime.of(wallStart)).u64(reference.baseTime).end();
    }

    /// Pictures always say their own size, so that parameter sets can be put in front of one.
    private static boolean oneSize(SampleRun run) {
        return run.trackId == MovieHeaderWriter.AUDIO_TRACK && run.sameSizes();
    }

    private static int trafBytes(SampleRun run) {
        int tfhd = 12 + 4 + 4 + 4 + (run.sameDurations() ? 4 : 0) + (oneSize(run) ? 4 : 0);
        int perSample =
                (run.sameDurations() ? 0 : 4) + (oneSize(run) ? 0 : 4) + (run.reordered() ? 4 : 0);
        int trun = 12 + 4 + 4 + (run.startsWithKeyFrame ? 4 : 0) + run.size() * perSample;
        return 8 + tfhd + 20 + trun;
    }

    private static void writeTraf(BoxWriter out, SampleRun run, int dataOffset) {
        boolean sameDurations = run.sameDurations();
        boolean sameSizes = oneSize(run);
        boolean reordered = run.reordered();
        out.begin(FourCc.TRAF);
        out.begin(
                FourCc.TFHD,
                0,
                TFHD_BASE_IS_MOOF
                        | TFHD_SAMPLE_ENTRY
                        | TFHD_FLAGS
                        | (sameDurations ? TFHD_DURATION : 0)
                        | (sameSizes ? TFHD_SIZE : 0));
        out.u32(run.trackId).u32(run.sampleEntry);
        if (sameDurations) {
            out.u32(run.duration(0));
        }
        if (sameSizes) {
            out.u32(run.sampleBytes(0));
        }
        boolean audio = run.trackId == MovieHeaderWriter.AUDIO_TRACK;
        out.u32(audio ? MovieHeaderWriter.SYNC_SAMPLE : MovieHeaderWriter.NON_SYNC_SAMPLE).end();
        out.begin(FourCc.TFDT, 1, 0).u64(run.baseTime).end();
        out.begin(
                FourCc.TRUN,
                0,
                TRUN_DATA_OFFSET
                        | (run.startsWithKeyFrame ? TRUN_FIRST_FLAGS : 0)
                        | (sameDurations ? 0 : TRUN_DURATION)
                        | (sameSizes ? 0 : TRUN_SIZE)
                        | (reordered ? TRUN_COMPOSITION : 0));
        out.u32(run.size()).u32(dataOffset);
        if (run.startsWithKeyFrame) {
            out.u32(MovieHeaderWriter.SYNC_SAMPLE);
        }
        for (int i = 0; i < run.size(); i++) {
            if (!sameDurations) {
                out.u32(run.duration(i));
            }
            if (!sameSizes) {
                out.u32(run.sampleBytes(i));
            }
            if (reordered) {
                out.u32(run.compositionOffset(i));
            }
        }
        out.end().end();
    }
}
