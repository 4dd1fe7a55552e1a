package id.pantau.vision.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportTest {
    private static final String REPORT =
            """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f6a2c5b1f2e, pid=4711, tid=4790
            #
            # Problematic frame:
            # C  [libavformat.so.62+0x1b1f2e]  mpegts_read_packet+0x1e
            #

            ---------------  T H R E A D  ---------------

            Current thread (0x00007f6a7c1b2c30):  JavaThread "job-12"     daemon [_thread_in_native, id=4790]
            """;

    @Test
    void theJobAndTheFunctionAreReadAndTheReportIsDeleted(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("crash-4711.log"), REPORT);

        CrashReport report = CrashReport.take(file);

        assertThat(report.job()).hasValue(12);
        assertThat(report.frame()).contains("libavformat").contains("mpegts_read_packet");
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherThreadIsNoJobs() {
        var report = CrashReport.read(REPORT.replace("job-12", "C1 CompilerThread0").lines());
        assertThat(report.job()).isEmpty();
    }

    @Test
    void withoutAReportNothingIsKnown(@TempDir Path folder) {
        assertThat(CrashReport.take(folder.resolve("none"))).isEqualTo(CrashReport.NONE);
    }
}
