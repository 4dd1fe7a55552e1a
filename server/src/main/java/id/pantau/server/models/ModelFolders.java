package id.pantau.server.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where models are looked for.
///
/// @param own the one that is written to
/// @param all earlier ones win; `own` is one of them
public record ModelFolders(Path own, List<Path> all) {
    /// Names an extra folder in the environment.
    public static final String VARIABLE = "PANTAU_MODELS";

    private static final Path OF_CHECKOUT = Path.of("../shared/models");

    public ModelFolders {
        all = List.copyOf(all);
    }

    /// @param home directory of all data
    /// @param named value of [#VARIABLE]
    public static ModelFolders of(Path home, @Nullable String named) {
        Path own = home.resolve("models");
        var all = new ArrayList<Path>();
        if (named != null && !named.isBlank()) {
            all.add(Path.of(named));
        }
        all.add(own);
        all.add(OF_CHECKOUT);
        return new ModelFolders(own, all);
    }
}
