package id.pantau.media.rtmp;

import id.pantau.media.flv.FlvSource;
import java.util.Map;
import java.util.Optional;

/// What an [RtmpServer] has to play, asked anew with every `play`. Thread-safe.
@FunctionalInterface
public interface RtmpCatalog {
    /// @param path behind the application, without query and slashes at its ends: `cam1`,
    ///   `cam1/sub`
    Optional<Stream> find(String path);

    /// @param name of the stream, the same for all paths to it; what FLV by other ways shares
    record Stream(String name, FlvSource source) {}

    /// A fixed list, by path.
    static RtmpCatalog of(Map<String, FlvSource> sources) {
        var copy = Map.copyOf(sources);
        return path -> Optional.ofNullable(copy.get(path)).map(source -> new Stream(path, source));
    }
}
