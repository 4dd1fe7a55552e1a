package id.pantau.server.app;

import id.pantau.server.models.InstalledModel;
import id.pantau.server.models.Model;
import id.pantau.server.models.ModelFetch;
import id.pantau.server.models.ModelFolders;
import id.pantau.server.models.Models;
import id.pantau.server.models.ModelsException;
import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.ModelCheck;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.detect.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pantau models`: the models of detectors, also while the server runs.
@Command(
        name = "models",
        description = "List, fetch and bring models that find people, vehicles, faces and plates.",
        footer =
                "%nModels are looked for in $PANTAU_MODELS, HOME/models and ../shared/models; new ones"
                        + " are put into HOME/models. Nothing is fetched unless you say so.")
final class ModelsCommand implements Runnable {
    @Mixin private HomeOption home = new HomeOption();
    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Name a command: list, pull or import.");
    }

    @Command(
            name = "list",
            description = "List the models that are here and those that can be fetched.")
    int list(@Mixin HomeOption home) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Model> all = models(home).list();
        out.println(row(" ", "ID", "STATE", "LICENCE", "BYTES", "INPUT", "FAMILY", "FINDS"));
        all.forEach(model -> out.println(row(model)));
        for (Model model : all) {
            InstalledModel installed = model.installed();
            if (installed != null && installed.trouble() != null) {
                out.println("%s: %s".formatted(model.id(), installed.trouble()));
            }
        }
        if (all.stream().noneMatch(Model::inUse)) {
            out.println("No model finds objects here: the analysis goes by motion alone.");
        }
        return ExitCode.OK;
    }

    private static String row(Model model) {
        ModelDescriptor descriptor = model.descriptor();
        InstalledModel installed = model.installed();
        CatalogueModel published = model.published();
        long sizeBytes =
                installed != null
                        ? installed.sizeBytes()
                        : published == null ? 0 : published.sizeBytes();
        String state =
                installed == null
                        ? "to fetch"
                        : installed.trouble() != null
                                ? "unusable"
                                : published != null && !installed.genuine()
                                        ? "here, changed"
                                        : "here";
        return row(
                model.inUse() ? "*" : " ",
                model.id(),
                state,
                descriptor == null || descriptor.licence().isEmpty() ? "?" : descriptor.licence(),
                Long.toString(sizeBytes),
                descriptor == null
                        ? "?"
                        : "%dx%d".formatted(descriptor.widthPx(), descriptor.heightPx()),
                descriptor == null ? "?" : descriptor.family().word(),
                descriptor == null
                        ? "?"
                        : "%s (%d classes)"
                                .formatted(
                                        descriptor.purpose().name().toLowerCase(Locale.ROOT),
                                        descriptor.labels().size()));
    }

    private static String row(Object... columns) {
        return "%s %-22s %-13s %-12s %9s  %-9s %-13s %s".formatted(columns).stripTrailing();
    }

    @Command(
            name = "pull",
            description = "Fetch a model of the catalogue; goes on where an earlier try ended.")
    int pull(@Mixin HomeOption home, @Parameters(paramLabel = "ID") String id) {
        try {
            CatalogueModel model = models(home).offered(id);
            Path file = ModelFetch.overHttps().fetch(model, folders(home).own(), progress(model));
            spec.commandLine()
                    .getOut()
                    .println("%s (%s) is in %s".formatted(id, model.descriptor().licence(), file));
            return ExitCode.OK;
        } catch (ModelsException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "%s could not be fetched: %s".formatted(id, reason(e)));
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.net.UnknownHostException
                ? "the name %s is unknown here".formatted(e.getMessage())
                : String.valueOf(e.getMessage());
    }

    /// A line for every tenth of the file.
    private LongConsumer progress(CatalogueModel model) {
        PrintWriter err = spec.commandLine().getErr();
        var said = new long[] {-1};
        return received -> {
            long tenth = received * 10 / model.sizeBytes();
            if (tenth != said[0]) {
                said[0] = tenth;
                err.printf("%d of %d bytes%n", received, model.sizeBytes());
                err.flush();
            }
        };
    }

    @Command(
            name = "import",
            description =
                    "Take a model of your own: it is loaded and run once, then copied into HOME/models.")
    int bring(
            @Mixin HomeOption home,
            @Parameters(paramLabel = "FILE", description = "The ONNX file.") Path file,
            @Option(
                            names = "--descriptor",
                            paramLabel = "JSON",
                            description =
                                    "What it is (default: NAME.json beside it, else what the file says itself).")
                    @Nullable Path descriptor)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "%s is not there, or no file".formatted(file));
        }
        try (InputStream body = Files.newInputStream(file)) {
            Model added =
                    models(home)
                            .add(
                                    body,
                                    String.valueOf(file.getFileName()),
                                    DescriptorOption.text(file, descriptor));
            spec.commandLine().getOut().println("imported " + added.id());
            return ExitCode.OK;
        } catch (ModelsException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /// In this process: a command has nothing to lose.
    private static Models models(HomeOption home) {
        return new Models(folders(home), ModelsCommand::check);
    }

    private static ModelDescriptor check(Path file) {
        try {
            return ModelCheck.run(file);
        } catch (ModelException e) {
            throw new ModelsException(
                    ModelsException.Reason.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private static ModelFolders folders(HomeOption home) {
        return ModelFolders.of(home.settings().home().path(), System.getenv(ModelFolders.VARIABLE));
    }
}
