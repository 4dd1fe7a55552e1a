package id.pantau.media.mp4;

import java.nio.ByteBuffer;
import java.util.List;

/// Changes the headers of one fragment that a [Fragmenter] wrote, in place: the size of everything
/// stays, but for parameter sets put in front of the first picture.
final class FragmentEditor {
    /// What becomes of one media track.
    ///
    /// @param sampleEntry which one decodes it, from 1
    /// @param shift added to decode times, in ticks of the new timescale
    /// @param scale new ticks per old tick
    record TrackChange(int sampleEntry, long shift, int scale) {}

    private final ByteBuffer buffer;

    FragmentEditor(ByteBuffer fragment) {
        buffer = fragment;
    }

    /// @param sequence of the fragment in its new file
    /// @param parameterSets in front of the first picture; empty for none
    /// @return the buffers to write
    /// @throws MalformedMp4Exception when it is not shaped as a [Fragmenter] does it
    List<ByteBuffer> edit(
            long sequence, TrackChange video, TrackChange audio, ByteBuffer parameterSets)
            throws MalformedMp4Exception {
        int inserted = parameterSets.remaining();
        int dataStart = -1;
        for (BoxSpan box : BoxSpan.between(buffer, 0, buffer.limit())) {
            if (box.type() == FourCc.PRFT) {
                boolean refersToVideo =
                        buffer.getInt(box.field(4, 4)) == MovieHeaderWriter.VIDEO_TRACK;
                shiftTime(box.field(16, 8), refersToVideo ? video : audio);
            } else if (box.type() == FourCc.MOOF) {
                editMoof(box, sequence, video, audio, inserted);
            } else if (box.type() == FourCc.MDAT) {
                buffer.putInt(box.start(), box.end() - box.start() + inserted);
                dataStart = box.body();
            }
        }
        if (dataStart < 0) {
            throw new MalformedMp4Exception("a fragment without mdat");
        }
        ByteBuffer whole = buffer.duplicate().rewind();
        return inserted == 0
                ? List.of(whole)
                : List.of(
                        whole.slice(0, dataStart),
                        parameterSets.duplicate(),
                        whole.slice(dataStart, whole.limit() - dataStart));
    }

    private void editMoof(
            BoxSpan moof, long sequence, TrackChange video, TrackChange audio, int inserted)
            throws MalformedMp4Exception {
        for (BoxSpan box : moof.children(buffer)) {
            if (box.type() == FourCc.MFHD) {
                buffer.putInt(box.field(4, 4), (int) sequence);
            } else if (box.type() == FourCc.TRAF) {
                editTraf(box, video, audio, inserted);
            }
        }
    }

    private void editTraf(BoxSpan traf, TrackChange video, TrackChange audio, int inserted)
            throws MalformedMp4Exception {
        boolean isVideo = true;
        for (BoxSpan box : traf.children(buffer)) {
            if (box.type() == FourCc.TFHD) {
                isVideo = buffer.getInt(box.field(4, 4)) == MovieHeaderWriter.VIDEO_TRACK;
                editTfhd(box, isVideo ? video : audio);
            } else if (box.type() == FourCc.TFDT) {
                if (buffer.get(box.field(0, 1)) != 1) {
                    throw new MalformedMp4Exception("tfdt: not of 64 bits");
                }
                shiftTime(box.field(4, 8), isVideo ? video : audio);
            } else if (box.type() == FourCc.TRUN) {
                editTrun(box, isVideo, isVideo ? video : audio, inserted);
            }
        }
    }

    private void editTfhd(BoxSpan tfhd, TrackChange change) throws MalformedMp4Exception {
        int flags = buffer.getInt(tfhd.field(0, 4)) & 0xff_ffff;
        if ((flags & FragmentWriter.TFHD_SAMPLE_ENTRY) == 0 || (flags & 1) != 0) {
            throw new MalformedMp4Exception("tfhd: names no sample entry");
        }
        buffer.putInt(tfhd.field(8, 4), change.sampleEntry());
        if ((flags & FragmentWriter.TFHD_DURATION) != 0) {
            scale(tfhd.field(12, 4), change);
        }
    }

    private void editTrun(BoxSpan trun, boolean isVideo, TrackChange change, int inserted)
            throws MalformedMp4Exception {
        int flags = buffer.getInt(trun.field(0, 4)) & 0xff_ffff;
        int count = buffer.getInt(trun.field(4, 4));
        boolean sized = (flags & FragmentWriter.TRUN_SIZE) != 0;
        if ((flags & FragmentWriter.TRUN_DATA_OFFSET) == 0
                || isVideo && inserted > 0 && (!sized || count == 0)) {
            throw new MalformedMp4Exception("trun: not as a recorded file has it");
        }
        if (inserted > 0 && !isVideo) {
            int offset = trun.field(8, 4);
            buffer.putInt(offset, buffer.getInt(offset) + inserted); // pictures come first
        }
        int first = 12 + ((flags & FragmentWriter.TRUN_FIRST_FLAGS) != 0 ? 4 : 0);
        boolean timed = (flags & FragmentWriter.TRUN_DURATION) != 0;
        if (isVideo && inserted > 0) {
            int size = trun.field(first + (timed ? 4 : 0), 4);
            buffer.putInt(size, buffer.getInt(size) + inserted);
        }
        if (timed && change.scale() != 1) {
            int bytes = Integer.bitCount(flags & 0xf00) * 4;
            for (int i = 0; i < count; i++) {
                scale(trun.field(first + i * bytes, 4), change);
            }
        }
    }

    private void shiftTime(int position, TrackChange change) {
        buffer.putLong(position, buffer.getLong(position) * change.scale() + change.shift());
    }

    private void scale(int position, TrackChange change) {
        buffer.putInt(position, buffer.getInt(position) * change.scale());
    }
}
