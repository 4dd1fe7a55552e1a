package id.pantau.bench;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.decode.VideoFile;
import id.pantau.vision.detect.DetectionModel;
import id.pantau.vision.detect.Detector;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.detect.ModelPurpose;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has to be hidden: two faces in every frame of a clip, and the plate of a car in one picture
/// among others in which nobody can read any.
final class FacesAndPlates {
    private static final String CLIP = "face-demographics-walking.gif";
    private static final String PICTURE = "plate-rear-view.jpg";

    /// In pixels of the picture.
    private static final Box PLATE = new Box(229, 200, 385, 257);

    private static final double LEAST_SCORE = 0.5;

    private FacesAndPlates() {}

    /// @param samples folder of all samples
    static void measure(Report report, Path samples, List<Path> models) throws Exception {
        ModelCatalogue.Found faces = ModelCatalogue.find(models, ModelPurpose.FACES).orElse(null);
        report.setting("faces", name(faces));
        if (faces != null && Files.exists(samples.resolve("video").resolve(CLIP))) {
            faces(report, samples.resolve("video").resolve(CLIP), faces);
        }
        ModelCatalogue.Found plates = ModelCatalogue.find(models, ModelPurpose.PLATES).orElse(null);
        report.setting("plates", name(plates));
        if (plates != null && Files.exists(samples.resolve("images").resolve(PICTURE))) {
            plates(report, samples.resolve("images"), plates);
        }
    }

    private static String name(ModelCatalogue.@Nullable Found found) {
        return found == null ? "none" : found.descriptor().id();
    }

    private static void faces(Report report, Path clip, ModelCatalogue.Found found)
            throws Exception {
        int frames = 0;
        int both = 0;
        int more = 0;
        try (DetectionModel model = DetectionModel.load(found.file(), found.descriptor());
                Detector detector = new Detector(model);
                VideoFile video = VideoFile.open(clip)) {
            for (VideoFile.TimedFrame next; (next = video.next()) != null; frames++) {
                int faces = detector.detect(next.frame(), Set.of(), LEAST_SCORE).size();
                both += faces >= 2 ? 1 : 0;
                more += Math.max(0, faces - 2);
            }
        }
        report.figure(CLIP + ": frames", frames, "");
        report.atLeast(CLIP + ": frames with both faces", both, "", frames);
        report.atMost(CLIP + ": faces nobody has", more, "", 0);
    }

    private static void plates(Report report, Path folder, ModelCatalogue.Found found)
            throws Exception {
        int right = 0;
        int wrong = 0;
        try (DetectionModel model = DetectionModel.load(found.file(), found.descriptor());
                Detector detector = new Detector(model);
                DirectoryStream<Path> pictures = Files.newDirectoryStream(folder, "*.jpg")) {
            for (Path picture : pictures) {
                try (VideoFile video = VideoFile.open(picture)) {
                    VideoFile.TimedFrame only = video.next();
                    if (only == null) {
                        continue;
                    }
                    double width = only.frame().widthPx();
                    double height = only.frame().heightPx();
                    for (Detection one : detector.detect(only.frame(), Set.of(), LEAST_SCORE)) {
                        boolean isPlate =
                                picture.endsWith(PICTURE)
                                        && one.box().scaled(width, height).iou(PLATE) > 0.7;
                        right += isPlate ? 1 : 0;
                        wrong += isPlate ? 0 : 1;
                    }
                }
            }
        }
        report.atLeast("pictures: plates found of the one that is close", right, "", 1);
        report.atMost("pictures: plates nobody has", wrong, "", 0);
    }
}
