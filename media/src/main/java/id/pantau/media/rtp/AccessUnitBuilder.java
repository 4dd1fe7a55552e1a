package id.pantau.media.rtp;

import id.pantau.media.Codec;
import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.H265Nal;
import id.pantau.media.codec.NalUnits;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Collects the NAL units of one access unit in one array that is used again, so that a payload is
/// copied from the socket's buffer to here and once more, at its exact size, into the access unit.
/// Takes out parameter sets, delimiters and filler. Not thread-safe.
public final class AccessUnitBuilder {
    private static final int MAX_BYTES = 16 << 20;
    private static final int USUAL_BYTES = 64 << 10;

    /// Arrays beyond this are given back when their picture is done.
    private static final int KEEP_BYTES = 1 << 20;

    private final boolean h265;
    private final Codec codec;
    private final ParameterSets parameterSets;
    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;
    private int unitAt = -1; // of the open NAL unit's length field
    private int firstSliceAt;
    private int firstSliceBytes;
    private boolean beginsWithFirstSlice;
    private boolean keyFrame;
    private boolean skippedLeading;
    private int firstSliceType;
    private boolean damaged;
    private long malformed;

    public AccessUnitBuilder(Codec codec, ParameterSets parameterSets) {
        this.codec = codec;
        this.h265 = codec == Codec.H265;
        this.parameterSets = parameterSets;
    }

    /// Begins a NAL unit; one that is open is thrown away.
    void beginUnit() {
        if (unitAt >= 0) {
            length = unitAt;
            damaged = true;
        }
        unitAt = length;
        if (reserve(4)) {
            length += 4;
        }
    }

    boolean isUnitOpen() {
        return unitAt >= 0;
    }

    void append(int octet) {
        if (reserve(1)) {
            bytes[length++] = (byte) octet;
        }
    }

    void append(ByteBuffer source, int at, int count) {
        if (reserve(count)) {
            source.get(at, bytes, length, count);
            length += count;
        }
    }

    /// A whole NAL unit.
    public void unit(ByteBuffer source, int at, int count) {
        beginUnit();
        append(source, at, count);
        endUnit();
    }

    /// Decides what the open NAL unit is, and keeps it or not.
    void endUnit() {
        if (unitAt < 0) {
            return;
        }
        int at = unitAt + 4;
        int size = length - at;
        unitAt = -1;
        if (size <= 0) {
            length = Math.min(length, at - 4);
            return;
        }
        int type = type(bytes[at] & 0xff);
        boolean slice = isSlice(type);
        if (!slice || type == 0 && !h265) {
            int code = NalUnits.findStartCode(ByteBuffer.wrap(bytes), at, at + size);
            if (code < at + size) {
                splitAtStartCodes(at, size);
                return;
            }
        }
        if (keep(at, size, type, slice)) {
            putLength(at - 4, size);
        } else {
            length = at - 4;
        }
    }

    /// A NAL unit that stays open lost its end: it is thrown away.
    void abandonUnit() {
        if (unitAt >= 0) {
            length = unitAt;
            unitAt = -1;
            damaged = true;
        }
    }

    /// Whether there is a picture in it.
    public boolean hasSlice() {
        return firstSliceBytes > 0;
    }

    public boolean keyFrame() {
        return keyFrame;
    }

    /// Whether nothing is missing in front of its first slice.
    boolean beginsWithFirstSlice() {
        return beginsWithFirstSlice;
    }

    /// RASL pictures: not decodable when decoding began at the key frame before them.
    boolean skippedLeading() {
        return skippedLeading;
    }

    /// NAL unit type of its first slice.
    int firstSliceType() {
        return firstSliceType;
    }

    /// Whether a part of it is missing.
    public boolean damaged() {
        return damaged;
    }

    void markDamaged() {
        damaged = true;
    }

    boolean isEmpty() {
        return length == 0;
    }

    public byte[] array() {
        return bytes;
    }

    public int firstSliceAt() {
        return firstSliceAt;
    }

    public int firstSliceBytes() {
        return firstSliceBytes;
    }

    /// NAL units that broke the rules; thrown away.
    long malformed() {
        return malformed;
    }

    /// A copy of exactly what was collected.
    public ByteBuffer payload() {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, length));
    }

    public void clear() {
        if (bytes.length > KEEP_BYTES) {
            bytes = new byte[USUAL_BYTES];
        }
        length = 0;
        unitAt = -1;
        firstSliceBytes = 0;
        beginsWithFirstSlice = false;
        keyFrame = false;
        skippedLeading = false;
        damaged = false;
    }

    private boolean keep(int at, int size, int type, boolean slice) {
        boolean forbidden = bytes[at] < 0;
        boolean headerCut = h265 && size < 2;
        if (forbidden || headerCut) {
            malformed++;
            damaged = true;
            return false;
        }
        if (h265 && ((bytes[at] & 1) != 0 || (bytes[at + 1] & 0xf8) != 0)) {
            return false; // another layer than the base layer: no decoder here wants it
        }
        if (ParameterSets.isParameterSet(codec, type)) {
            if (!parameterSets.offer(bytes, at, size)) {
                malformed++;
            }
            return false;
        }
        if (slice) {
            return keepSlice(at, size, type);
        }
        return isKept(type);
    }

    private boolean keepSlice(int at, int size, int type) {
        int header = h265 ? 2 : 1;
        if (size <= header) {
            malformed++;
            damaged = true;
            return false;
        }
        if (firstSliceBytes == 0) {
            firstSliceAt = at;
            firstSliceBytes = size;
            firstSliceType = type;
            beginsWithFirstSlice =
                    bytes[at + header] < 0; // first_mb_in_slice 0 begins with a 1 bit
            skippedLeading = h265 && H265Nal.isSkippedLeading(type);
        }
        keyFrame |= h265 ? H265Nal.isRandomAccess(type) : type == H264Nal.IDR_SLICE;
        return true;
    }

    /// SEI and whatever else belongs to the picture. Filler data (cameras that must fill a constant
    /// bit rate send it) is not worth its place on disk.
    private boolean isKept(int type) {
        if (h265) {
            return type != H265Nal.ACCESS_UNIT_DELIMITER && type != H265Nal.FILLER && type < 48;
        }
        return switch (type) {
            case 0,
                    H264Nal.ACCESS_UNIT_DELIMITER,
                    H264Nal.FILLER,
                    H264Nal.SPS_EXTENSION,
                    H264Nal.SUBSET_SPS ->
                    false;
            default -> type < 24;
        };
    }

    /// Some cameras put a stretch of a byte stream, start codes and all, where one NAL unit should
    /// be.
    private void splitAtStartCodes(int at, int size) {
        byte[] stretch = Arrays.copyOfRange(bytes, at, at + size);
        length = at - 4;
        var whole = ByteBuffer.wrap(stretch);
        int code = NalUnits.findStartCode(whole, 0, size);
        int head = code;
        while (head > 0 && stretch[head - 1] == 0) {
            head--;
        }
        if (head > 0) {
            unit(whole, 0, head);
        }
        for (ByteBuffer unit : NalUnits.splitAnnexB(whole)) {
            unit(unit, 0, unit.remaining());
        }
    }

    private int type(int header) {
        return h265 ? H265Nal.type(header) : H264Nal.type(header);
    }

    private boolean isSlice(int type) {
        return h265 ? H265Nal.isSlice(type) : H264Nal.isSlice(type);
    }

    private void putLength(int at, int size) {
        bytes[at] = (byte) (size >> 24);
        bytes[at + 1] = (byte) (size >> 16);
        bytes[at + 2] = (byte) (size >> 8);
        bytes[at + 3] = (byte) size;
    }

    /// Makes room, or gives the access unit up when it grows beyond all measure.
    private boolean reserve(int count) {
        if (length + count <= bytes.length) {
            return true;
        }
        if (length + count > MAX_BYTES) {
            damaged = true;
            return false;
        }
        bytes =
                Arrays.copyOf(
                        bytes, Math.min(MAX_BYTES, Math.max(length + count, bytes.length * 2)));
        return true;
    }
}
