package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpTest {
    @Test
    void whatIsWrittenReadsTheSame() {
        var block = new Rtcp.ReportBlock(7, 128, -5, 0x1_0005L, 99, 0x1234_5678, 65_536);
        assertThat(Rtcp.parse(Rtcp.writeReceiverReport(42, List.of(block), "somebody@here")))
                .containsExactly(
                        new Rtcp.ReceiverReport(42, List.of(block)),
                        new Rtcp.SourceDescription(42, "somebody@here"));
        Instant then = Instant.parse("2026-05-06T07:08:09.5Z");
        var messages = Rtcp.parse(Rtcp.writeSenderReport(43, then, -9, 1L << 31, 5, ""));
        assertThat(messages)
                .containsExactly(
                        new Rtcp.SenderReport(43, Rtcp.toNtp(then), -9, 1L << 31, 5, List.of()),
                        new Rtcp.SourceDescription(43, ""));
        assertThat(Rtcp.parse(Rtcp.writeBye(44)))
                .containsExactly(new Rtcp.ReceiverReport(44, List.of()), new Rtcp.Bye(44));
    }

    @Test
    void ntpTimesKeepTheirInstantAcrossTheEra() {
        for (String text :
                List.of(
                        "1970-01-01T00:00:00Z",
                        "2026-01-02T03:04:05.678Z",
                        "2040-01-01T00:00:00Z")) {
            Instant instant = Instant.parse(text);
            assertThat(Duration.between(Rtcp.fromNtp(Rtcp.toNtp(instant)), instant).abs())
                    .isLessThan(Duration.ofNanos(2));
        }
    }

    @Test
    void aBrokenPacketEndsTheReadingAndWhatWasBeforeCounts() {
        ByteBuffer whole = Rtcp.writeReceiverReport(42, List.of(), "x");
        ByteBuffer cut = whole.slice(0, whole.remaining() - 4);
        assertThat(Rtcp.parse(cut)).containsExactly(new Rtcp.ReceiverReport(42, List.of()));
    }
}
