package id.pantau.media.mp4;

import id.pantau.media.AudioFormat;
import id.pantau.media.Bytes;
import id.pantau.media.MediaTime;
import id.pantau.media.StreamFormat;
import java.util.List;

/// The `mfra` box (ISO/IEC 14496-12 §8.8.9) that ends a finished file: where each fragment that can
/// be decoded from begins, so that players seek without reading the whole file.
public final class ClosingIndex {
    private ClosingIndex() {}

    /// @param fragments all fragments of a file that a [Fragmenter] wrote, with their true offsets
    /// @return the whole box, to be appended behind the last fragment
    public static Bytes of(StreamFormat format, List<RecordedFile.Entry> fragments) {
        AudioFormat audio = format.audio();
        boolean video = format.video() != null;
        int timescale =
                video || audio == null ? (int) MediaTime.TICKS_PER_SECOND : audio.sampleRateHz();
        List<RecordedFile.Entry> points =
                fragments.stream().filter(RecordedFile.Entry::keyFrame).toList();
        var out = new BoxWriter(64 + points.size() * 19);
        out.begin(FourCc.MFRA).begin(FourCc.TFRA, 1, 0);
        out.u32(video ? MovieHeaderWriter.VIDEO_TRACK : MovieHeaderWriter.AUDIO_TRACK).u32(0);
        out.u32(points.size());
        for (RecordedFile.Entry point : points) {
            out.u64(point.start().in(timescale));
            out.u64(point.offset() + FragmentWriter.PRFT_BYTES);
            out.u8(1).u8(1).u8(1); // first traf, trun and sample
        }
        out.end();
        out.begin(FourCc.MFRO, 0, 0).u32(out.position() + 4L).end().end();
        return out.toBytes();
    }
}
