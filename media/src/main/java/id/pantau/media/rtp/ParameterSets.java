package id.pantau.media.rtp;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.VideoFormat;
import id.pantau.media.codec.BitReader;
import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.H264Pps;
import id.pantau.media.codec.H264Sps;
import id.pantau.media.codec.H265Nal;
import id.pantau.media.codec.H265Pps;
import id.pantau.media.codec.H265Sps;
import id.pantau.media.codec.H265Vps;
import id.pantau.media.codec.MalformedBitstreamException;
import id.pantau.media.codec.NalUnits;
import id.pantau.media.codec.VideoParameters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest parameter sets of a video media track, by id. Repetitions, which cameras send with
/// every key frame, cost a comparison. Not thread-safe.
public final class ParameterSets {
    /// Longer than any that was ever seen; a lying length must not fill the memory.
    private static final int MAX_BYTES = 8192;

    private static final int SLICE_HEAD_BYTES = 32;

    private record Entry(int id, int spsId, byte[] bytes) {}

    private final boolean h265;
    private final List<Entry> vps = new ArrayList<>();
    private final List<Entry> sps = new ArrayList<>();
    private final List<Entry> pps = new ArrayList<>();
    private boolean changed;
    private int activeSps = -1;
    private @Nullable VideoFormat format;
    private boolean reorderDepthKnown;

    public ParameterSets(Codec codec) {
        this.h265 = codec == Codec.H265;
    }

    static boolean isParameterSet(Codec codec, int type) {
        return codec == Codec.H265
                ? type >= H265Nal.VPS && type <= H265Nal.PPS
                : type == H264Nal.SPS || type == H264Nal.PPS;
    }

    /// @param unit in `bytes` from `offset`, `length` bytes, NAL header included; copied when new
    /// @return false when it cannot be read; it is ignored then
    public boolean offer(byte[] bytes, int offset, int length) {
        if (length < 2 || length > MAX_BYTES) {
            return false;
        }
        List<Entry> entries = entriesOf(bytes[offset] & 0xff);
        for (Entry entry : entries) {
            if (Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, offset, offset + length)) {
                return true;
            }
        }
        try {
            Entry entry = read(Arrays.copyOfRange(bytes, offset, offset + length));
            entries.removeIf(old -> old.id == entry.id);
            entries.add(entry);
            entries.sort(Comparator.comparingInt(Entry::id));
            changed = true;
            return true;
        } catch (MalformedBitstreamException _) {
            return false;
        }
    }

    /// Whether [#format] may be asked for.
    public boolean complete() {
        return !sps.isEmpty() && !pps.isEmpty() && (!h265 || !vps.isEmpty());
    }

    /// The decoder configuration of a picture.
    ///
    /// @param bytes holding a slice of it from `offset`, with NAL header; length 0 when there is
    ///   none
    /// @return null until the sets are complete; the same object until they change
    public @Nullable VideoFormat format(byte[] bytes, int offset, int length) {
        if (!complete()) {
            return null;
        }
        int wanted =
                sps.size() == 1 || length == 0 ? sps.getFirst().id : spsOf(bytes, offset, length);
        if (changed || format == null || wanted != activeSps) {
            activeSps = wanted;
            format = make();
            changed = false;
        }
        return format;
    }

    /// Whether the active SPS says how deeply pictures are reordered.
    boolean reorderDepthKnown() {
        return reorderDepthKnown;
    }

    private @Nullable VideoFormat make() {
        List<Bytes> ordered = new ArrayList<>();
        for (Entry entry : sps) {
            ordered.add(entry.id == activeSps ? 0 : ordered.size(), Bytes.of(entry.bytes));
        }
        try {
            reorderDepthKnown =
                    h265 || H264Sps.parse(ordered.getFirst().buffer()).reorderDepth().isPresent();
            return VideoParameters.format(
                    h265 ? Codec.H265 : Codec.H264, bytesOf(vps), ordered, bytesOf(pps));
        } catch (MalformedBitstreamException _) {
            return null; // cannot be: every SPS was read when it came
        }
    }

    private static List<Bytes> bytesOf(List<Entry> entries) {
        return entries.stream().map(entry -> Bytes.of(entry.bytes)).toList();
    }

    private List<Entry> entriesOf(int header) {
        if (!h265) {
            return H264Nal.type(header) == H264Nal.SPS ? sps : pps;
        }
        int type = H265Nal.type(header);
        return type == H265Nal.VPS ? vps : type == H265Nal.SPS ? sps : pps;
    }

    private Entry read(byte[] copy) throws MalformedBitstreamException {
        ByteBuffer unit = ByteBuffer.wrap(copy);
        if (!h265) {
            if (H264Nal.type(copy[0]) == H264Nal.SPS) {
                return new Entry(H264Sps.parse(unit).id(), -1, copy);
            }
            var set = H264Pps.parse(unit);
            return new Entry(set.id(), set.spsId(), copy);
        }
        return switch (H265Nal.type(copy[0] & 0xff)) {
            case H265Nal.VPS -> new Entry(H265Vps.parse(unit).id(), -1, copy);
            case H265Nal.SPS -> new Entry(H265Sps.parse(unit).id(), -1, copy);
            default -> {
                var set = H265Pps.parse(unit);
                yield new Entry(set.id(), set.spsId(), copy);
            }
        };
    }

    /// Which SPS a slice refers to (ITU-T H.264 §7.3.3, H.265 §7.3.6.1).
    private int spsOf(byte[] bytes, int offset, int length) {
        try {
            int head = Math.min(length, SLICE_HEAD_BYTES);
            var bits = new BitReader(NalUnits.unescape(ByteBuffer.wrap(bytes, offset, head)));
            if (h265) {
                boolean randomAccess = H265Nal.isRandomAccess(H265Nal.type(bits.readInt(16) >> 8));
                bits.skip(randomAccess ? 2 : 1);
            } else {
                bits.skip(8);
                bits.readUnsigned(); // first_mb_in_slice
                bits.readUnsigned(); // slice_type
            }
            int id = bits.readUnsigned(255, "pic_parameter_set_id");
            for (Entry entry : pps) {
                if (entry.id == id && sps.stream().anyMatch(set -> set.id == entry.spsId)) {
                    return entry.spsId;
                }
            }
        } catch (MalformedBitstreamException _) {
            // A slice that cannot be read says nothing.
        }
        return sps.getFirst().id;
    }
}
