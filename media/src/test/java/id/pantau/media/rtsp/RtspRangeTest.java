package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.rtsp.RtspRange.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtspRangeTest {
    @Test
    void everyFormatOfTheStandardIsReadAndWrittenInOneForm() {
        assertWritten("npt=0.000-", "npt=0-");
        assertWritten("NPT = 00:02:03.50 - 0:10:00", "npt=123.5-600");
        assertWritten("npt=now-", "npt=now-");
        assertWritten("npt=-20", "npt=-20");
        assertWritten("smpte-30-drop=10:07:33-10:07:60", "smpte-30-drop=10:07:33-10:08:00");
        assertWritten("smpte-25=10:07:00:00-10:07:33:05.01", "smpte-25=10:07:00-10:07:33:05.01");
        assertWritten("clock=19961108t142300.250z-", "clock=19961108T142300.25Z-");
        assertWritten("npt=0-;time=19970123T143720Z", "npt=0-;time=19970123T143720Z");
        assertWritten("npt=0-;time=soon", "npt=0-");
    }

    @Test
    void positionsHaveTheirUnits() {
        RtspRange range = RtspRange.parse("npt=1:00:00.5-now").orElseThrow();
        assertThat(range.start()).isEqualTo(new Position.Offset(Duration.ofMillis(3_600_500)));
        assertThat(range.end()).isEqualTo(new Position.Now());
        assertThat(RtspRange.parse("clock=20261125T235959Z-").orElseThrow().start())
                .isEqualTo(new Position.At(Instant.parse("2026-11-25T23:59:59Z")));
        assertThat(RtspRange.parse("smpte=0:0:1:24.5-").orElseThrow().start())
                .isEqualTo(new Position.Timecode(1, 24, 5));
    }

    @Test
    void whatIsNoRangeIsNone() {
        for (String header :
                List.of(
                        "",
                        "npt",
                        "npt=",
                        "npt=-",
                        "npt=1",
                        "npt=a-",
                        "npt=1-b",
                        "npt=1:2-",
                        "npt=9999999999-",
                        "smpte=now-",
                        "clock=19961308T142300Z-",
                        "clock=1996-",
                        "bytes=0-9")) {
            assertThat(RtspRange.parse(header)).as(header).isEmpty();
        }
        assertThat(RtspRange.Format.find("bytes=0-9")).isEmpty();
        assertThat(RtspRange.Format.find("NPT=x")).hasValue(RtspRange.Format.NPT);
    }

    private static void assertWritten(String header, String written) {
        RtspRange range = RtspRange.parse(header).orElseThrow();
        assertThat(range.write()).isEqualTo(written);
        assertThat(RtspRange.parse(written)).hasValue(range);
    }
}
