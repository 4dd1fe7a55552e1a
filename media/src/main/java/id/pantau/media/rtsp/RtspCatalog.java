package id.pantau.media.rtsp;

import java.util.Map;
import java.util.Optional;

/// What an [RtspServer] has to offer, asked anew with every request. Thread-safe.
@FunctionalInterface
public interface RtspCatalog {
    /// @param path without host, query and slashes at its ends: `cam1/main`
    Optional<RtspSource> find(String path);

    /// A fixed list, by path.
    static RtspCatalog of(Map<String, ? extends RtspSource> sources) {
        var copy = Map.copyOf(sources);
        return path -> Optional.ofNullable(copy.get(path));
    }
}
