package id.pantau.bench;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/// How long the media of a file is, as FFprobe counts its packets: a second opinion on what
/// Pantau's ledger says.
///
/// @param videoS from the first decode time to the end of the last picture
/// @param audioS the sum of all audio packets; 0 without sound
record MediaLengths(double videoS, double audioS, boolean hasVideo, boolean hasAudio) {
    /// RFC 6716 §2.1.4; a longer distance is a hole.
    private static final double LONGEST_OPUS_S = 0.12;

    private static final int BOX_HEADER_BYTES = 8;
    private static final int PRFT = 0x70726674;
    private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

    static MediaLengths of(Path file) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        "ffprobe",
                                        "-v",
                                        "error",
                                        "-show_entries",
                                        "packet=codec_type,dts_time,duration_time",
                                        "-of",
                                        "csv=p=0",
                                        file.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var video = new Sum();
        var audio = new Sum();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",");
                (fields[0].equals("video") ? video : audio).add(fields);
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("ffprobe cannot read " + file.getFileName());
        }
        return new MediaLengths(
                video.packets == 0 ? 0 : video.end - video.start,
                audio.sum,
                video.packets > 0,
                audio.packets > 0);
    }

    /// What the packets of one media track add up to, in seconds.
    private static final class Sum {
        private double start = Double.MAX_VALUE;
        private double end = -Double.MAX_VALUE;
        private double sum;
        private int packets;

        void add(String[] fields) {
            double dts = Double.parseDouble(fields[1]);
            double duration;
            if (fields[2].equals("N/A")) { // FFprobe tells none for Opus in fragments
                sum += packets == 0 ? 0 : Math.min(dts - end, LONGEST_OPUS_S);
                duration = 0;
            } else {
                duration = Double.parseDouble(fields[2]);
            }
            start = Math.min(start, dts);
            end = Math.max(end, dts + duration);
            sum += duration;
            packets++;
        }
    }

    /// The wall clock of a recorded file's beginning, from its first ProducerReferenceTimeBox
    /// (ISO/IEC 14496-12 §8.16.5).
    static Instant wallStart(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var header = ByteBuffer.allocate(BOX_HEADER_BYTES);
            for (long at = 0; at < channel.size(); ) {
                header.clear();
                channel.read(header, at);
                long size = Integer.toUnsignedLong(header.getInt(0));
                if (header.getInt(4) == PRFT) {
                    channel.position(at + BOX_HEADER_BYTES);
                    return ntp(new DataInputStream(Channels.newInputStream(channel)));
                }
                if (size < BOX_HEADER_BYTES) {
                    break;
                }
                at += size;
            }
        }
        throw new IOException("no prft box in " + file.getFileName());
    }

    /// Reads version and flags, track, NTP time in 2^-32 s.
    private static Instant ntp(DataInputStream box) throws IOException {
        box.skipNBytes(8);
        long seconds = Integer.toUnsignedLong(box.readInt());
        long fraction = Integer.toUnsignedLong(box.readInt());
        return Instant.ofEpochSecond(
                seconds - NTP_TO_UNIX_SECONDS, fraction * 1_000_000_000L >>> 32);
    }
}
