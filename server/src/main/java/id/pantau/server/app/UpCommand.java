package id.pantau.server.app;

import id.pantau.server.tls.ServerCertificate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pantau up`: runs the server until it is told to end.
@Command(
        name = "up",
        description = "Run the server; prints its address when it is ready.",
        footer = "%nEnds on Ctrl-C or SIGTERM, after closing every recording.")
final class UpCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Option(
            names = "--demo",
            description =
                    "Add simulated cameras, from $PANTAU_SAMPLES, ../shared/samples/video or a drawn street.")
    private boolean demo;

    /// For the build's training run, which is to end by itself.
    @Option(names = "--until-ready", hidden = true)
    private boolean untilReady;

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        Settings settings = home.settings();
        PrintWriter out = spec.commandLine().getOut();
        try {
            Server server = Server.start(settings);
            List<String> demoLines = demo ? startDemo(server, out) : List.of();
            out.println();
            out.println("Pantau is ready: " + server.address());
            server.secureAddress().ifPresent(address -> out.println("  encrypted: " + address));
            server.certificate()
                    .ifPresent(certificate -> out.println("  certificate: " + shown(certificate)));
            out.println("  data: " + settings.home().path());
            demoLines.forEach(line -> out.println("  " + line));
            server.setupLink()
                    .ifPresent(link -> out.println("  create the first administrator: " + link));
            out.flush();
            if (untilReady) {
                server.close();
                return ExitCode.OK;
            }
            new CountDownLatch(1).await(); // Spring's shutdown hook closes the server
            return ExitCode.OK;
        } catch (InterruptedException _) {
            return ExitCode.OK; // told to end while it started
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "the demo cameras could not be made: " + e.getMessage());
        } catch (RuntimeException e) {
            throw StartFailure.explain(e);
        }
    }

    private static String shown(ServerCertificate certificate) {
        return "%s, %s until %s, SHA-256 %s"
                .formatted(
                        certificate.subject(),
                        certificate.isSelfSigned() ? "self-signed, valid" : "valid",
                        certificate.validUntil(),
                        certificate.fingerprint());
    }

    private static List<String> startDemo(Server server, PrintWriter out)
            throws IOException, InterruptedException {
        return server.bean(Demo.class)
                .start(line -> {
                    out.println("demo: " + line);
                    out.flush();
                });
    }
}
