package id.pantau.vision.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `NAME.json` beside `NAME.onnx`: what a model that somebody brings is. Only `family` must be
/// there; what is left out is as usual in the family, and labels are those that the model says
/// itself, if it does.
///
/// ```json
/// {"family": "yolov8", "widthPx": 640, "heightPx": 640, "colour": "rgb", "mean": [0, 0, 0],
///  "deviation": [255, 255, 255], "letterbox": "centre", "labels": ["car", "bus"],
///  "licence": "MIT"}
/// ```
public final class DescriptorFile {
    private static final Set<String> KEYS =
            Set.of(
                    "id",
                    "family",
                    "widthPx",
                    "heightPx",
                    "colour",
                    "mean",
                    "deviation",
                    "letterbox",
                    "strides",
                    "labels",
                    "labelsFile",
                    "licence");

    public static final long MOST_BYTES = 256 << 10;
    private static final int USUAL_PX = 640;
    private static final int LEAST_PX = 32;
    private static final int MOST_PX = 4096;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Path model;
    private final JsonNode root;

    private DescriptorFile(Path file, Path model, JsonNode root) {
        this.file = file;
        this.model = model;
        this.root = root;
    }

    /// Where the descriptor of a model lies, if it has one.
    public static Path beside(Path model) {
        return model.resolveSibling(stem(model) + ".json");
    }

    /// The name of a file without its ending.
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /// @param model whose descriptor it is; asked for its own labels where the descriptor has none
    /// @throws ModelException naming the key that cannot be used
    public static ModelDescriptor read(Path file, Path model) throws ModelException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new ModelException(
                        "%s is larger than any descriptor (%d bytes)".formatted(file, MOST_BYTES));
            }
            JsonNode root = JSON.readTree(Files.readString(file));
            if (!root.isObject()) {
                throw new ModelException("%s is no descriptor: no JSON object".formatted(file));
            }
            return new DescriptorFile(file, model, root).descriptor();
        } catch (IOException | JacksonException e) {
            throw new ModelException(
                    "%s is no descriptor that can be read: %s"
                            .formatted(
                                    file,
                                    String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
                    e);
        }
    }

    private ModelDescriptor descriptor() throws ModelException {
        var unknown = new TreeSet<>(root.propertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw wrong("\"%s\" is no key of a descriptor".formatted(unknown.getFirst()));
        }
        String word = text("family", "");
        ModelFamily family =
                ModelFamily.ofWord(word)
                        .orElseThrow(() ->
                                wrong(
                                        "family \"%s\" is none of %s"
                                                .formatted(word, ModelFamily.words())));
        return new ModelDescriptor(
                text("id", stem(model)),
                family,
                sizePx("widthPx"),
                sizePx("heightPx"),
                normalization(family.normalization()),
                letterbox(family.letterbox()),
                labels(family),
                strides(family.strides()),
                text("licence", ""));
    }

    private String text(String key, String otherwise) throws ModelException {
        JsonNode value = root.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isString() || value.asString().length() > 200) {
            throw wrong(key + " is a short text");
        }
        return value.asString();
    }

    private int sizePx(String key) throws ModelException {
        JsonNode value = root.get(key);
        if (value == null) {
            return USUAL_PX;
        }
        if (!value.isInt() || value.asInt() < LEAST_PX || value.asInt() > MOST_PX) {
            throw wrong("%s is a whole number from %d to %d".formatted(key, LEAST_PX, MOST_PX));
        }
        return value.asInt();
    }

    /// Means and deviations stand in the order of the colours.
    private Normalization normalization(Normalization usual) throws ModelException {
        String colour = text("colour", usual.redFirst() ? "rgb" : "bgr");
        if (!colour.equals("rgb") && !colour.equals("bgr")) {
            throw wrong("colour is \"rgb\" or \"bgr\", not \"%s\"".formatted(colour));
        }
        boolean redFirst = colour.equals("rgb");
        float[] mean =
                three("mean", redFirst, usual.meanBlue(), usual.meanGreen(), usual.meanRed());
        float[] deviation =
                three(
                        "deviation",
                        redFirst,
                        usual.deviationBlue(),
                        usual.deviationGreen(),
                        usual.deviationRed());
        if (deviation[0] <= 0 || deviation[1] <= 0 || deviation[2] <= 0) {
            throw wrong("deviation is above 0");
        }
        return new Normalization(
                redFirst, mean[0], mean[1], mean[2], deviation[0], deviation[1], deviation[2]);
    }

    /// @return blue, green, red
    private float[] three(String key, boolean redFirst, float... usual) throws ModelException {
        JsonNode value = root.get(key);
        if (value == null) {
            return usual;
        }
        var numbers = new float[3];
        for (int i = 0; i < 3; i++) {
            if (!value.isArray() || value.size() != 3 || !value.get(i).isNumber()) {
                throw wrong(key + " is a list of three numbers, one for each colour");
            }
            numbers[redFirst ? 2 - i : i] = value.get(i).floatValue();
        }
        return numbers;
    }

    private Letterbox.Fit letterbox(Letterbox.Fit usual) throws ModelException {
        String word = text("letterbox", word(usual));
        for (Letterbox.Fit fit : Letterbox.Fit.values()) {
            if (word(fit).equals(word)) {
                return fit;
            }
        }
        throw wrong(
                "letterbox is \"top-left\", \"centre\" or \"stretch\", not \"%s\"".formatted(word));
    }

    private static String word(Letterbox.Fit fit) {
        return fit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private List<Integer> strides(List<Integer> usual) throws ModelException {
        JsonNode value = root.get("strides");
        if (value == null) {
            return usual;
        }
        var strides = new ArrayList<Integer>();
        for (JsonNode stride : value) {
            if (!stride.isInt() || stride.asInt() < 1 || stride.asInt() > 256) {
                throw wrong("strides are whole numbers from 1 to 256");
            }
            strides.add(stride.asInt());
        }
        if (strides.isEmpty() || strides.size() > 8) {
            throw wrong("strides is a list of one to eight numbers");
        }
        return strides;
    }

    private List<String> labels(ModelFamily family) throws ModelException {
        JsonNode value = root.get("labels");
        if (value != null && root.has("labelsFile")) {
            throw wrong("it has labels and labelsFile; one is enough");
        }
        if (value != null) {
            var labels = new ArrayList<String>();
            for (JsonNode label : value) {
                labels.add(label.isString() ? label.asString() : "");
            }
            return checked(labels, "labels");
        }
        String name = text("labelsFile", "");
        if (!name.isEmpty()) {
            return labelsOf(name);
        }
        return ModelMetadata.describe(model).map(ModelDescriptor::labels).orElse(family.labels());
    }

    /// One label a line.
    private List<String> labelsOf(String name) throws ModelException {
        if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw wrong("labelsFile is the name of a file beside it, not \"%s\"".formatted(name));
        }
        Path labels = file.resolveSibling(name);
        try {
            if (Files.size(labels) > MOST_BYTES) {
                throw wrong("labelsFile %s is larger than any list of labels".formatted(name));
            }
            return checked(
                    Files.readAllLines(labels).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList(),
                    "labelsFile " + name);
        } catch (IOException e) {
            throw wrong("labelsFile %s cannot be read".formatted(name));
        }
    }

    private List<String> checked(List<String> labels, String where) throws ModelException {
        boolean fits =
                !labels.isEmpty()
                        && labels.size() <= 10_000
                        && labels.stream().allMatch(one -> !one.isBlank() && one.length() <= 100);
        if (!fits) {
            throw wrong(where + " is a list of one to 10000 short texts");
        }
        return List.copyOf(labels);
    }

    private ModelException wrong(String what) {
        return new ModelException("%s: %s".formatted(file.getFileName(), what));
    }

    /// All that is known of a model, so that nothing depends any more on the file's own words.
    public static String write(ModelDescriptor model) {
        Normalization norm = model.normalization();
        boolean red = norm.redFirst();
        ObjectNode root = JSON.createObjectNode();
        root.put("id", model.id());
        root.put("family", model.family().word());
        root.put("widthPx", model.widthPx());
        root.put("heightPx", model.heightPx());
        root.put("colour", red ? "rgb" : "bgr");
        root.putArray("mean")
                .add(red ? norm.meanRed() : norm.meanBlue())
                .add(norm.meanGreen())
                .add(red ? norm.meanBlue() : norm.meanRed());
        root.putArray("deviation")
                .add(red ? norm.deviationRed() : norm.deviationBlue())
                .add(norm.deviationGreen())
                .add(red ? norm.deviationBlue() : norm.deviationRed());
        root.put("letterbox", word(model.letterbox()));
        if (!model.strides().isEmpty()) {
            var strides = root.putArray("strides");
            model.strides().forEach(strides::add);
        }
        var labels = root.putArray("labels");
        model.labels().forEach(labels::add);
        root.put("licence", model.licence());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
