package id.pantau.server.camera;

import id.pantau.media.AudioFormat;
import id.pantau.media.StreamEnd;
import id.pantau.media.StreamFormat;
import id.pantau.media.VideoFormat;
import id.pantau.media.rtsp.RtspTimeouts;
import id.pantau.vision.worker.WorkerProcess;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `pantau doctor URL`: probes a camera and prints what it found.
public final class Doctor {
    /// What the examination came to.
    public enum Verdict {
        FINE,
        /// It plays, and something about it harms the recordings.
        HARMS_RECORDING,
        /// It does not play, or its URL is refused.
        UNPLAYABLE
    }

    private final Probe probe;
    private final PrintStream out;

    Doctor(Probe probe, PrintStream out) {
        this.probe = probe;
        this.out = out;
    }

    /// For the command line: no server runs, so no port is this server's own.
    ///
    /// @param worker for what is read through FFmpeg
    public static Doctor ofSystem(WorkerProcess worker, PrintStream out) {
        UrlRules rules = UrlRules.system(_ -> false);
        var rtsp = new RtspOpener(rules, RtspTimeouts.DEFAULT, Clock.systemUTC());
        var compat = new CompatOpener(rules, worker, Clock.systemUTC());
        return new Doctor(new Probe(new SourceOpener(rtsp, compat::open), rules), out);
    }

    /// Takes up to 20 s and prints what it finds.
    public Verdict examine(
            String url,
            StreamTransport transport,
            @Nullable String username,
            @Nullable String password)
            throws InterruptedException {
        ProbeReport report;
        try {
            Secret secret = password == null ? null : new Secret(password);
            report = probe.run(url, transport, username, secret);
        } catch (CameraException refused) {
            out.println(refused.getMessage());
            return Verdict.UNPLAYABLE;
        }
        StreamEnd failure = report.failure();
        if (failure != null) {
            out.printf("%s: %s%n%s%n", failure.reason(), failure.detail(), report.advice());
            return Verdict.UNPLAYABLE;
        }
        print(report);
        return report.hasErrors() ? Verdict.HARMS_RECORDING : Verdict.FINE;
    }

    private void print(ProbeReport report) {
        StreamFormat format = report.format();
        if (report.server() != null) {
            out.println("server     " + report.server());
        }
        if (format != null) {
            out.println("video      " + describe(format.video(), report.fps()));
            out.println("audio      " + describe(format.audio()));
        }
        out.printf(Locale.ROOT, "bitrate    %d kbit/s%n", report.bitrateBps() / 1000);
        Duration interval = report.keyFrameInterval();
        out.println(
                "key frames "
                        + (interval == null
                                ? "fewer than two seen"
                                : "every %d ms".formatted(interval.toMillis())));
        for (Finding finding : report.findings()) {
            out.printf(
                    "%-10s %s (%s)%n",
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.detail(),
                    finding.code());
        }
        if (report.findings().isEmpty()) {
            out.println("Nothing is wrong with this stream.");
        }
    }

    private static String describe(@Nullable VideoFormat video, double fps) {
        return video == null
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%s %dx%d %.1f fps",
                        video.codec().label(),
                        video.widthPx(),
                        video.heightPx(),
                        fps);
    }

    private static String describe(@Nullable AudioFormat audio) {
        return audio == null
                ? "none"
                : "%s %d Hz, %d channel(s)"
                        .formatted(audio.codec().label(), audio.sampleRateHz(), audio.channels());
    }
}
