package id.pantau.media.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// RTCP packets (RFC 3550 §6): what of a compound packet matters here, and the compounds we send.
public final class Rtcp {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BYE = 203;

    /// Seconds from the NTP era's begin (1900) to 1970.
    private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

    private Rtcp() {}

    /// One packet of a compound.
    public sealed interface Message {}

    /// @param ntp 32.32 fixed-point seconds since 1900, by the sender's clock
    /// @param rtpTimestamp of the same moment
    public record SenderReport(
            int ssrc,
            long ntp,
            int rtpTimestamp,
            long packets,
            long octets,
            List<ReportBlock> blocks)
            implements Message {
        public SenderReport {
            blocks = List.copyOf(blocks);
        }
    }

    public record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements Message {
        public ReceiverReport {
            blocks = List.copyOf(blocks);
        }
    }

    /// @param cname canonical name of the first chunk; empty when absent
    public record SourceDescription(int ssrc, String cname) implements Message {}

    public record Bye(int ssrc) implements Message {}

    /// Of a type that is not read here: feedback, application, extended reports.
    public record Other(int type) implements Message {}

    /// @param fractionLost of 256
    /// @param cumulativeLost 24 bits, signed
    /// @param highestSequence with the count of cycles in the upper 16 bits
    /// @param jitter in units of the clock rate
    /// @param lastSenderReport middle 32 bits of its NTP time; 0 when there was none
    /// @param delaySinceSenderReport in 1/65536 s
    public record ReportBlock(
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            int lastSenderReport,
            long delaySinceSenderReport) {}

    /// Reads a compound packet from position to limit; the position does not move. Broken packets
    /// end the reading; what came before them counts.
    public static List<Message> parse(ByteBuffer compound) {
        List<Message> messages = new ArrayList<>();
        int at = compound.position();
        int limit = compound.limit();
        while (limit - at >= 4) {
            int first = compound.get(at) & 0xff;
            int type = compound.get(at + 1) & 0xff;
            int end = at + 4 + 4 * (compound.getShort(at + 2) & 0xffff);
            if (first >> 6 != 2 || end > limit) {
                break;
            }
            int bodyEnd = end;
            if ((first & 0x20) != 0) {
                bodyEnd -= Math.min(compound.get(end - 1) & 0xff, end - at - 4);
            }
            Message message = read(compound.slice(at + 4, bodyEnd - at - 4), type, first & 0x1f);
            if (message == null) {
                break;
            }
            messages.add(message);
            at = end;
        }
        return messages;
    }

    private static @Nullable Message read(ByteBuffer body, int type, int count) {
        return switch (type) {
            case SENDER_REPORT -> {
                if (body.remaining() < 24) {
                    yield null;
                }
                int ssrc = body.getInt();
                long ntp = body.getLong();
                int timestamp = body.getInt();
                long packets = Integer.toUnsignedLong(body.getInt());
                long octets = Integer.toUnsignedLong(body.getInt());
                yield new SenderReport(
                        ssrc, ntp, timestamp, packets, octets, readBlocks(body, count));
            }
            case RECEIVER_REPORT ->
                    body.remaining() < 4
                            ? null
                            : new ReceiverReport(body.getInt(), readBlocks(body, count));
            case SOURCE_DESCRIPTION -> count == 0 ? new Other(type) : readDescription(body);
            case BYE ->
                    count == 0 || body.remaining() < 4 ? new Other(type) : new Bye(body.getInt());
            default -> new Other(type);
        };
    }

    private static List<ReportBlock> readBlocks(ByteBuffer body, int count) {
        List<ReportBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count && body.remaining() >= 24; i++) {
            int ssrc = body.getInt();
            int lost = body.getInt();
            blocks.add(
                    new ReportBlock(
                            ssrc,
                            lost >>> 24,
                            lost << 8 >> 8,
                            Integer.toUnsignedLong(body.getInt()),
                            Integer.toUnsignedLong(body.getInt()),
                            body.getInt(),
                            Integer.toUnsignedLong(body.getInt())));
        }
        return blocks;
    }

    private static @Nullable Message readDescription(ByteBuffer body) {
        if (body.remaining() < 4) {
            return null;
        }
        int ssrc = body.getInt();
        while (body.remaining() >= 2) {
            int item = body.get() & 0xff;
            int length = item == 0 ? 0 : body.get() & 0xff;
            if (item == 0 || length > body.remaining()) {
                break;
            }
            byte[] text = new byte[length];
            body.get(text);
            if (item == 1) {
                return new SourceDescription(ssrc, new String(text, StandardCharsets.UTF_8));
            }
        }
        return new SourceDescription(ssrc, "");
    }

    /// A receiver report with an SDES CNAME behind it.
    public static ByteBuffer writeReceiverReport(int ssrc, List<ReportBlock> blocks, String cname) {
        ByteBuffer out = allocate(8 + 24 * blocks.size(), cname);
        header(out, blocks.size(), RECEIVER_REPORT, 4 + 24 * blocks.size());
        out.putInt(ssrc);
        for (ReportBlock block : blocks) {
            out.putInt(block.ssrc())
                    .putInt(block.fractionLost() << 24 | block.cumulativeLost() & 0xffffff)
                    .putInt((int) block.highestSequence())
                    .putInt((int) block.jitter())
                    .putInt(block.lastSenderReport())
                    .putInt((int) block.delaySinceSenderReport());
        }
        return description(out, ssrc, cname);
    }

    /// A sender report without report blocks, with an SDES CNAME behind it.
    public static ByteBuffer writeSenderReport(
            int ssrc, Instant wallTime, int rtpTimestamp, long packets, long octets, String cname) {
        ByteBuffer out = allocate(28, cname);
        header(out, 0, SENDER_REPORT, 24);
        out.putInt(ssrc)
                .putLong(toNtp(wallTime))
                .putInt(rtpTimestamp)
                .putInt((int) packets)
                .putInt((int) octets);
        return description(out, ssrc, cname);
    }

    /// A BYE behind an empty receiver report, as a compound must begin with a report.
    public static ByteBuffer writeBye(int ssrc) {
        ByteBuffer out = ByteBuffer.allocate(16);
        header(out, 0, RECEIVER_REPORT, 4);
        out.putInt(ssrc);
        header(out, 1, BYE, 4);
        return out.putInt(ssrc).flip();
    }

    /// @return 32.32 fixed-point seconds since 1900
    public static long toNtp(Instant instant) {
        long seconds = instant.getEpochSecond() + NTP_TO_UNIX_SECONDS;
        return seconds << 32 | ((long) instant.getNano() << 32) / 1_000_000_000L;
    }

    /// The instant of an NTP time; times from 1900 to 1967 count as of the next era (RFC 4330 §3).
    public static Instant fromNtp(long ntp) {
        long seconds = ntp >>> 32;
        long era = seconds < 1L << 31 ? 1L << 32 : 0;
        long nanos = ((ntp & 0xffff_ffffL) * 1_000_000_000L) >>> 32;
        return Instant.ofEpochSecond(seconds + era - NTP_TO_UNIX_SECONDS, nanos);
    }

    private static ByteBuffer allocate(int reportBytes, String cname) {
        int item = 2 + Math.min(255, cname.getBytes(StandardCharsets.UTF_8).length);
        return ByteBuffer.allocate(reportBytes + 8 + (item + 4) / 4 * 4);
    }

    private static ByteBuffer description(ByteBuffer out, int ssrc, String cname) {
        byte[] text = cname.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(255, text.length);
        header(out, 1, SOURCE_DESCRIPTION, 4 + (2 + length + 4) / 4 * 4);
        out.putInt(ssrc).put((byte) 1).put((byte) length).put(text, 0, length);
        return out.position(out.capacity()).flip(); // the rest is the zero that ends the chunk
    }

    private static void header(ByteBuffer out, int count, int type, int bodyBytes) {
        out.put((byte) (0x80 | count)).put((byte) type).putShort((short) (bodyBytes / 4));
    }
}
