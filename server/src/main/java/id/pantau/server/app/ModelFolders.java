package id.pantau.server.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where models lie, the first ones first.
final class ModelFolders {
    private static final Path OF_CHECKOUT = Path.of("../shared/models");

    private ModelFolders() {}

    static List<Path> of(Path home) {
        var folders = new ArrayList<Path>();
        String named = System.getenv("PANTAU_MODELS");
        if (named != null) {
            folders.add(Path.of(named));
        }
        folders.add(home.resolve("models"));
        folders.add(OF_CHECKOUT);
        return folders;
    }
}
