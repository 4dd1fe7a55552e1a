package id.pantau.media.mp4;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Which part of the audio media track a fragment holds, in ticks of the track.
record AudioSpan(long start, long end) {
    /// @param fragment as a [Fragmenter] writes it
    /// @return null without sound
    static @Nullable AudioSpan of(ByteBuffer fragment) throws MalformedMp4Exception {
        for (BoxSpan box : BoxSpan.between(fragment, 0, fragment.limit())) {
            if (box.type() != FourCc.MOOF) {
                continue;
            }
            for (BoxSpan traf : box.children(fragment)) {
                AudioSpan span = traf.type() == FourCc.TRAF ? ofTraf(traf, fragment) : null;
                if (span != null) {
                    return span;
                }
            }
        }
        return null;
    }

    private static @Nullable AudioSpan ofTraf(BoxSpan traf, ByteBuffer fragment)
            throws MalformedMp4Exception {
        int each = 0;
        long start = 0;
        long length = 0;
        for (BoxSpan box : traf.children(fragment)) {
            if (box.type() == FourCc.TFHD) {
                if (fragment.getInt(box.field(4, 4)) != MovieHeaderWriter.AUDIO_TRACK) {
                    return null;
                }
                int flags = fragment.getInt(box.field(0, 4));
                boolean same = (flags & FragmentWriter.TFHD_DURATION) != 0;
                each = same ? fragment.getInt(box.field(12, 4)) : 0;
            } else if (box.type() == FourCc.TFDT) {
                start = fragment.getLong(box.field(4, 8));
            } else if (box.type() == FourCc.TRUN) {
                length += length(box, each, fragment);
            }
        }
        return new AudioSpan(start, start + length);
    }

    private static long length(BoxSpan trun, int each, ByteBuffer fragment)
            throws MalformedMp4Exception {
        int flags = fragment.getInt(trun.field(0, 4)) & 0xff_ffff;
        int count = fragment.getInt(trun.field(4, 4));
        if ((flags & FragmentWriter.TRUN_DURATION) == 0) {
            return (long) count * each;
        }
        int first = 12 + ((flags & FragmentWriter.TRUN_FIRST_FLAGS) != 0 ? 4 : 0);
        int bytes = Integer.bitCount(flags & 0xf00) * 4;
        long length = 0;
        for (int i = 0; i < count; i++) {
            length += fragment.getInt(trun.field(first + i * bytes, 4));
        }
        return length;
    }
}
