package id.pantau.server.app;

import id.pantau.server.models.ModelFolders;
import id.pantau.vision.analysis.FileAnalysis;
import id.pantau.vision.detect.DetectionModel;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.detect.ModelException;
import id.pantau.vision.overlay.Overlay;
import id.pantau.vision.overlay.OverlayVideo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pantau analyse FILE`: the analysis of a video file, as JSON lines.
@Command(
        name = "analyse",
        description = "Find, follow and count what moves in a video file; prints JSON lines.",
        footer =
                "%nOne line for each detection, each object track (when it ends) and each crossing;"
                        + " boxes are left, top, right and bottom as parts of the picture. Models are"
                        + " looked for in $PANTAU_MODELS, HOME/models and ../shared/models.")
final class AnalyseCommand implements Callable<Integer> {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "FILE", description = "The video.")
    private Path file = Path.of("");

    @Option(
            names = "--lines",
            paramLabel = "JSON",
            description = "Lines to count at, in the format of counts.json.")
    private @Nullable Path linesFile;

    @Option(
            names = "--model",
            paramLabel = "ONNX",
            description = "The model to use, by its file (default: the best one found).")
    private @Nullable Path model;

    @Option(names = "--no-model", description = "Motion alone: objects have no names.")
    private boolean noModel;

    @Mixin private VideoOption video = new VideoOption();

    @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ModelCatalogue.Found found;
        LinesFile lines;
        try {
            video.check(file);
            found = noModel ? null : model();
            lines = linesFile == null ? LinesFile.none() : LinesFile.read(linesFile, file);
        } catch (IOException | ModelException e) {
            err.println(e.getMessage());
            return ExitCode.FAILED;
        }
        err.println(
                found == null
                        ? "no model: motion alone, objects are unknown"
                        : "model: " + found.descriptor().id());
        try (DetectionModel loaded =
                        found == null
                                ? null
                                : DetectionModel.load(found.file(), found.descriptor());
                Detector detector = loaded == null ? null : new Detector(loaded);
                FileAnalysis analysis = FileAnalysis.open(file, detector, lines.lines());
                OverlayVideo drawn = video.open(analysis)) {
            run(analysis, lines, drawn);
            return ExitCode.OK;
        } catch (IOException | ModelException e) {
            err.println(e.getMessage());
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    /// @return null when there is none, which is no error unless one was asked for
    private ModelCatalogue.@Nullable Found model() throws ModelException {
        if (model != null) {
            Path chosen = model;
            ModelDescriptor descriptor =
                    ModelCatalogue.describe(chosen)
                            .orElseThrow(() -> ModelException.unknown(chosen));
            return new ModelCatalogue.Found(chosen, descriptor);
        }
        var folders =
                ModelFolders.of(
                        home.settings().home().path(), System.getenv(ModelFolders.VARIABLE));
        return ModelCatalogue.find(folders.all()).orElse(null);
    }

    private void run(FileAnalysis analysis, LinesFile lines, @Nullable OverlayVideo drawn)
            throws IOException, ModelException, InterruptedException {
        var report = new AnalysisReport(spec.commandLine().getOut(), lines);
        var progress = new AnalysisProgress(spec.commandLine().getErr(), analysis.length());
        var overlay = new Overlay(lines.lines());
        for (FileAnalysis.Picture picture; (picture = analysis.nextPicture()) != null; ) {
            FileAnalysis.Step step = picture.step();
            if (step != null) {
                report.add(step);
                overlay.see(step.observation());
                progress.reached(step.observation().at());
            }
            if (drawn != null) {
                overlay.draw(picture.frame());
                drawn.write(picture.frame());
            }
        }
        report.end();
        if (drawn != null) {
            drawn.finish();
        }
        progress.end();
    }
}
