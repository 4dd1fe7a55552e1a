package id.pantau.media.mp4;

import id.pantau.media.Codec;
import org.jspecify.annotations.Nullable;

/// Reads the sample tables of a progressive file (ISO/IEC 14496-12 §8.6, §8.7): which sample is
/// where and when. Samples that reach past the end of the file are left out.
final class ProgressiveIndex {
    private final MediaTrack track;
    private final long fileBytes;
    private final SampleTable samples = new SampleTable();

    private @Nullable Fields timeToSample;
    private @Nullable Fields compositionOffsets;
    private @Nullable Fields sampleToChunk;
    private @Nullable Fields sampleSizes;
    private @Nullable Fields chunkOffsets;
    private @Nullable Fields syncSamples;

    private ProgressiveIndex(MediaTrack track, long fileBytes) {
        this.track = track;
        this.fileBytes = fileBytes;
    }

    static SampleTable read(MediaTrack track, long fileBytes) throws MalformedMp4Exception {
        var index = new ProgressiveIndex(track, fileBytes);
        index.findTables();
        index.readSamples();
        return index.samples;
    }

    private void findTables() throws MalformedMp4Exception {
        Fields boxes = track.sampleTable().fresh();
        while (boxes.hasBox()) {
            Fields box = boxes.box();
            int type = box.type();
            if (type == FourCc.STTS) {
                timeToSample = box;
            } else if (type == FourCc.CTTS) {
                compositionOffsets = box;
            } else if (type == FourCc.STSC) {
                sampleToChunk = box;
            } else if (type == FourCc.STSZ || type == FourCc.STZ2) {
                sampleSizes = box;
            } else if (type == FourCc.STCO || type == FourCc.CO64) {
                chunkOffsets = box;
            } else if (type == FourCc.STSS) {
                syncSamples = box;
            }
        }
    }

    private void readSamples() throws MalformedMp4Exception {
        if (timeToSample == null
                || sampleToChunk == null
                || sampleSizes == null
                || chunkOffsets == null) {
            return;
        }
        var durations = new Runs(timeToSample.skip(4));
        Runs offsets = compositionOffsets == null ? null : new Runs(compositionOffsets.skip(4));
        var sizes = new Sizes(sampleSizes, fileBytes);
        var keys = new SyncSamples(syncSamples);
        var chunks = new Chunks(chunkOffsets, sampleToChunk);
        boolean pcm = sizes.constant == 1 && isG711();
        long time = 0;
        long number = 0; // of the sample, from 0
        while (number < sizes.count && chunks.next()) {
            long inChunk = Math.min(chunks.samples, sizes.count - number);
            if (pcm) {
                time = addPcm(chunks, inChunk, time);
                number += inChunk;
                continue;
            }
            long position = chunks.offset;
            for (long i = 0; i < inChunk; i++) {
                int bytes = sizes.next();
                int offset = offsets == null ? 0 : offsets.next();
                boolean key = keys.next();
                if (position >= 0 && position <= fileBytes - bytes) {
                    samples.add(position, bytes, time, offset, key, Math.max(1, chunks.entry));
                }
                position += bytes;
                time += durations.next() & 0xffff_ffffL;
            }
            number += inChunk;
        }
        samples.end(time);
    }

    private boolean isG711() {
        Codec codec = track.firstEntry().codec();
        return codec == Codec.PCMU || codec == Codec.PCMA;
    }

    /// QuickTime counts every PCM value as a sample: they become packets of 20 ms.
    private long addPcm(Chunks chunks, long count, long start) {
        int channels = track.firstEntry().audio().channels();
        int packet = Math.max(1, track.timescale() / 50);
        long time = start;
        long position = chunks.offset;
        for (long left = count; left > 0; left -= packet) {
            int values = (int) Math.min(packet, left);
            int bytes = values * channels;
            if (position < 0 || position > fileBytes - bytes) {
                break;
            }
            samples.add(position, bytes, time, 0, true, Math.max(1, chunks.entry));
            position += bytes;
            time += values;
        }
        return start + count;
    }

    /// Pairs of count and value; the last value goes on for ever.
    private static final class Runs {
        private final Fields table;
        private int entries;
        private long left;
        private int value;

        Runs(Fields table) throws MalformedMp4Exception {
            this.table = table;
            entries = table.entries(table.u32(), 8);
        }

        int next() throws MalformedMp4Exception {
            while (left == 0 && entries > 0) {
                left = table.u32();
                value = table.i32();
                entries--;
            }
            left = Math.max(0, left - 1);
            return value;
        }
    }

    private static final class Sizes {
        final int constant;
        final long count;
        private final Fields table;
        private final int bits;
        private int half = -1; // the second of two 4-bit sizes

        Sizes(Fields table, long fileBytes) throws MalformedMp4Exception {
            this.table = table;
            table.skip(4);
            if (table.type() == FourCc.STSZ) {
                bits = 32;
                constant = table.i32();
                long claimed = table.u32();
                if (constant == 0) {
                    count = table.entries(claimed, 4);
                } else if (constant < 0 || claimed > fileBytes / constant) {
                    count = Math.max(0, constant < 0 ? 0 : fileBytes / constant);
                } else {
                    count = claimed;
                }
            } else {
                constant = 0;
                bits = table.skip(3).u8();
                long claimed = table.u32();
                if (bits != 4 && bits != 8 && bits != 16) {
                    throw table.malformed("sizes of %d bits".formatted(bits));
                }
                count = Math.min(claimed, table.remaining() * 8L / bits);
            }
        }

        int next() throws MalformedMp4Exception {
            if (constant != 0) {
                return constant;
            }
            switch (bits) {
                case 4 -> {
                    if (half >= 0) {
                        int size = half;
                        half = -1;
                        return size;
                    }
                    int both = table.u8();
                    half = both & 0xf;
                    return both >> 4;
                }
                case 8 -> {
                    return table.u8();
                }
                case 16 -> {
                    return table.u16();
                }
                default -> {
                    int size = table.i32();
                    if (size < 0) {
                        throw table.malformed("a sample of more than 2 GiB");
                    }
                    return size;
                }
            }
        }
    }

    /// `stss`: numbers from 1, ascending. Without the box every sample is one.
    private static final class SyncSamples {
        private final @Nullable Fields table;
        private int entries;
        private long nextKey;
        private long number;

        SyncSamples(@Nullable Fields table) throws MalformedMp4Exception {
            this.table = table;
            if (table != null) {
                entries = table.entries(table.skip(4).u32(), 4);
            }
        }

        boolean next() throws MalformedMp4Exception {
            number++;
            while (table != null && nextKey < number && entries > 0) {
                nextKey = table.u32();
                entries--;
            }
            return table == null || nextKey == number;
        }
    }

    /// `stco` or `co64`, with `stsc` beside it.
    private static final class Chunks {
        private final Fields offsets;
        private final Fields runs;
        private final boolean wide;
        private int chunksLeft;
        private int runsLeft;
        private long number;
        private long nextFirst;
        private long nextSamples;
        private int nextEntry;
        long offset;
        long samples;
        int entry = 1;

        Chunks(Fields offsets, Fields runs) throws MalformedMp4Exception {
            this.offsets = offsets;
            this.runs = runs;
            wide = offsets.type() == FourCc.CO64;
            chunksLeft = offsets.entries(offsets.skip(4).u32(), wide ? 8 : 4);
            runsLeft = runs.entries(runs.skip(4).u32(), 12);
            readRun();
        }

        boolean next() throws MalformedMp4Exception {
            if (chunksLeft-- <= 0) {
                return false;
            }
            number++;
            offset = wide ? offsets.i64() : offsets.u32();
            while (nextFirst > 0 && nextFirst <= number) {
                samples = nextSamples;
                entry = nextEntry;
                readRun();
            }
            return true;
        }

        private void readRun() throws MalformedMp4Exception {
            if (runsLeft-- <= 0) {
                nextFirst = 0;
                return;
            }
            nextFirst = Math.max(1, runs.u32());
            nextSamples = runs.u32();
            nextEntry = runs.i32();
        }
    }
}
