package id.pantau.media.mp4;

import id.pantau.media.Bytes;
import id.pantau.media.StreamFormat;
import java.util.List;

/// The `mfra` box (ISO/IEC 14496-12 §8.8.9) that ends a finished file: where each fragment that can
/// be decoded from begins, so that players seek without reading the whole file.
public final class ClosingIndex {
    private ClosingIndex() {}

    /// @param fragments all fragments of a file that a [Fragmenter] wrote, with their true offsets
    /// @return the whole box, to be appended behind the last fragment
    public static Bytes of(StreamFormat format, List<RecordedFile.Entry> fragments) {
        throw new UnsupportedOperationException("being built");
    }
}
