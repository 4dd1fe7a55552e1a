package id.pantau.server.app;

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

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = home.settings();
        PrintWriter out = spec.commandLine().getOut();
        try {
            Server server = Server.start(settings);
            List<String> demoLines = List.of();
            if (demo) {
                out.println("preparing the demo's cameras (half a minute the first time)");
                demoLines = server.bean(Demo.class).start();
            }
            out.println();
            out.println("Pantau is ready: " + server.address());
            out.println("  data: " + settings.home().path());
            demoLines.forEach(line -> out.println("  " + line));
            server.setupLink()
                    .ifPresent(link -> out.println("  create the first administrator: " + link));
            out.flush();
            new CountDownLatch(1).await(); // Spring's shutdown hook closes the server
            return ExitCode.OK;
        } catch (RuntimeException e) {
            throw StartFailure.explain(e);
        }
    }
}
