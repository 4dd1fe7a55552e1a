package id.pantau.media.rtp;

import id.pantau.media.codec.H264Nal;
import id.pantau.media.codec.H265Nal;
import java.nio.ByteBuffer;

/// Takes NAL units out of RTP payloads. Not thread-safe.
sealed interface NalDepacketizer {
    /// @param bytes of which `count` bytes at `at` are the payload
    /// @return false when the payload breaks its format, or is of a kind that is not carried; what
    ///   could be read of it is in the builder
    boolean payload(ByteBuffer bytes, int at, int count, AccessUnitBuilder into);

    /// Some cameras put start codes in front of NAL units, which RTP has no use for.
    private static boolean startsWithStartCode(ByteBuffer bytes, int at, int count) {
        return count >= 4
                && bytes.get(at) == 0
                && bytes.get(at + 1) == 0
                && (bytes.get(at + 2) == 1 || bytes.get(at + 2) == 0 && bytes.get(at + 3) == 1);
    }

    /// Splits an aggregation: units behind their 16-bit lengths.
    private static boolean split(
            ByteBuffer bytes, int from, int end, int between, AccessUnitBuilder into) {
        int at = from;
        while (at + 2 <= end) {
            int size = bytes.getShort(at) & 0xffff;
            at += 2;
            if (size > end - at) {
                into.markDamaged();
                return false;
            }
            into.unit(bytes, at, size);
            at += size + between;
        }
        return true;
    }

    /// A fragment of a NAL unit.
    private static boolean fragment(
            ByteBuffer bytes,
            int at,
            int end,
            int header,
            int secondHeader,
            int flags,
            AccessUnitBuilder into) {
        if ((flags & 0x80) != 0) {
            into.beginUnit();
            into.append(header);
            if (secondHeader >= 0) {
                into.append(secondHeader);
            }
        } else if (!into.isUnitOpen()) {
            into.markDamaged();
            return false;
        }
        into.append(bytes, at, end - at);
        if ((flags & 0x40) != 0) {
            into.endUnit();
        }
        return true;
    }

    /// RFC 6184: single NAL units, STAP-A and FU-A, which is all that non-interleaved mode has. The
    /// interleaved mode's STAP-B, MTAP and FU-B are refused.
    final class H264 implements NalDepacketizer {
        private static final int STAP_A = 24;
        private static final int FU_A = 28;

        @Override
        public boolean payload(ByteBuffer bytes, int at, int count, AccessUnitBuilder into) {
            if (count < 1) {
                return true;
            }
            int indicator = bytes.get(at) & 0xff;
            int type = H264Nal.type(indicator);
            if (type == STAP_A) {
                return split(bytes, at + 1, at + count, 0, into);
            }
            if (type == FU_A) {
                if (count < 2) {
                    return false;
                }
                int header = bytes.get(at + 1) & 0xff;
                int rebuilt = indicator & 0xe0 | header & 0x1f;
                return fragment(bytes, at + 2, at + count, rebuilt, -1, header, into);
            }
            if (type > STAP_A) {
                into.markDamaged();
                return false;
            }
            if (type == 0 && !startsWithStartCode(bytes, at, count)) {
                return false;
            }
            into.unit(bytes, at, count);
            return true;
        }
    }

    /// RFC 7798: single NAL units, AP and FU, each with a decoding order number where announced.
    final class H265 implements NalDepacketizer {
        private static final int AP = 48;
        private static final int FU = 49;
        private static final int PACI = 50;

        private final boolean withDon;

        /// @param withDon `sprop-max-don-diff` is greater than 0
        H265(boolean withDon) {
            this.withDon = withDon;
        }

        @Override
        public boolean payload(ByteBuffer bytes, int at, int count, AccessUnitBuilder into) {
            if (count < 2) {
                return count == 0;
            }
            int first = bytes.get(at) & 0xff;
            int second = bytes.get(at + 1) & 0xff;
            int type = H265Nal.type(first);
            int don = withDon ? 2 : 0;
            if (type == AP) {
                return split(bytes, at + 2 + don, at + count, withDon ? 1 : 0, into);
            }
            if (type == FU) {
                return fu(bytes, at, count, don, into);
            }
            if (type >= PACI) {
                into.markDamaged();
                return false;
            }
            if (startsWithStartCode(bytes, at, count)) {
                int code = bytes.get(at + 2) == 1 ? 3 : 4;
                into.unit(bytes, at + code, count - code);
            } else if (don > 0 && count > 4) {
                into.beginUnit();
                into.append(first);
                into.append(second);
                into.append(bytes, at + 4, count - 4);
                into.endUnit();
            } else {
                into.unit(bytes, at, count);
            }
            return true;
        }

        private static boolean fu(
                ByteBuffer bytes, int at, int count, int don, AccessUnitBuilder into) {
            if (count < 3) {
                return false;
            }
            int header = bytes.get(at + 2) & 0xff;
            int skipped = 3 + ((header & 0x80) != 0 ? don : 0);
            if (count < skipped) {
                return false;
            }
            int first = bytes.get(at) & 0x81 | (header & 0x3f) << 1;
            int second = bytes.get(at + 1) & 0xff;
            return fragment(bytes, at + skipped, at + count, first, second, header, into);
        }
    }
}
