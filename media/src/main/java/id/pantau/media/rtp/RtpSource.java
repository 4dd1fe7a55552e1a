package id.pantau.media.rtp;

/// The sequence numbers of one sender (RFC 3550 A.1, A.3, A.8): what was lost, and what a receiver
/// report says of it. Not thread-safe.
final class RtpSource {
    /// The packet must not be used: a copy, too late, or a stray.
    static final int DROP = -1;

    /// The sender began anew: nothing before the packet belongs to it.
    static final int RESTARTED = Integer.MAX_VALUE;

    /// A jump farther than this is a sender that began anew.
    private static final int MAX_JUMP = 3000;

    private boolean started;
    private int ssrc;
    private int highest;
    private int cycles;
    private long base;
    private long received;
    private long lost;
    private long dropped;
    private int probationSsrc;
    private int probationNext = -1;
    private long expectedBefore;
    private long receivedBefore;
    private double jitter;
    private int lastTransit;
    private boolean hasTransit;

    /// @return how many packets are missing right before this one, [#DROP] or [#RESTARTED]
    int accept(RtpPacket packet) {
        int sequence = packet.sequence();
        if (!started) {
            start(packet);
            return 0;
        }
        int ahead = (short) (sequence - highest);
        if (packet.ssrc() != ssrc || ahead > MAX_JUMP || ahead < -MAX_JUMP) {
            // One stray packet proves nothing; two in a row are a sender that began anew.
            if (probationNext == sequence && probationSsrc == packet.ssrc()) {
                start(packet);
                return RESTARTED;
            }
            probationSsrc = packet.ssrc();
            probationNext = sequence + 1 & 0xffff;
            dropped++;
            return DROP;
        }
        if (ahead <= 0) {
            dropped++;
            return DROP;
        }
        probationNext = -1;
        if (sequence < highest) {
            cycles++;
        }
        highest = sequence;
        received++;
        lost += ahead - 1;
        return ahead - 1;
    }

    /// Takes part in the jitter of the next report.
    ///
    /// @param timestamp of the packet
    /// @param arrival by any clock, in units of the RTP clock
    void arrived(int timestamp, long arrival) {
        int transit = (int) arrival - timestamp;
        if (hasTransit) {
            jitter += (Math.abs((double) (transit - lastTransit)) - jitter) / 16;
        }
        lastTransit = transit;
        hasTransit = true;
    }

    /// @param lastSenderReport middle 32 bits of its NTP time; 0 when there was none
    /// @param delaySinceSenderReport in 1/65536 s
    Rtcp.ReportBlock report(int lastSenderReport, long delaySinceSenderReport) {
        long expected = extendedHighest() - base + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction =
                expectedNow <= 0 || lostNow <= 0
                        ? 0
                        : (int) Math.min(255, (lostNow << 8) / expectedNow);
        long total = Math.clamp(expected - received, -0x80_0000, 0x7f_ffff);
        return new Rtcp.ReportBlock(
                ssrc,
                fraction,
                (int) total,
                extendedHighest() & 0xffff_ffffL,
                (long) Math.min(jitter, 0xffff_ffffL),
                lastSenderReport,
                delaySinceSenderReport);
    }

    boolean started() {
        return started;
    }

    /// Sequence numbers that never came, over every sender this track had.
    long lost() {
        return lost;
    }

    long dropped() {
        return dropped;
    }

    private void start(RtpPacket packet) {
        started = true;
        ssrc = packet.ssrc();
        highest = packet.sequence();
        cycles = 0;
        base = highest;
        received = 1;
        expectedBefore = 0;
        receivedBefore = 0;
        probationNext = -1;
        hasTransit = false;
        jitter = 0;
    }

    private long extendedHighest() {
        return (long) cycles << 16 | highest;
    }
}
