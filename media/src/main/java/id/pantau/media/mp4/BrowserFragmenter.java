package id.pantau.media.mp4;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.StreamFormat;
import id.pantau.media.codec.FlacTranscoder;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes live fragments of one decoder configuration as browsers play them: G.711 becomes FLAC on
/// the way, everything else stays what it is. Not thread-safe.
public final class BrowserFragmenter {
    private final StreamFormat camera;
    private final InitSegment init;
    private final Fragmenter fragmenter;
    private final @Nullable FlacTranscoder transcoder;
    private final Consumer<Fragment> out;

    private BrowserFragmenter(
            StreamFormat camera, Function<StreamFormat, Fragmenter> kind, Consumer<Fragment> out) {
        this.camera = camera;
        this.out = out;
        AudioFormat audio = camera.audio();
        transcoder =
                audio != null && isG711(audio.codec())
                        ? new FlacTranscoder(audio, FlacTranscoder.LIVE_LATENCY)
                        : null;
        StreamFormat sent =
                transcoder == null ? camera : new StreamFormat(camera.video(), transcoder.format());
        init = InitSegment.of(sent, null);
        fragmenter = kind.apply(sent);
    }

    /// Every picture is a fragment at once.
    ///
    /// @param camera what the camera sends
    /// @param out given each fragment inside [#add] and [#flush]
    public static BrowserFragmenter immediate(StreamFormat camera, Consumer<Fragment> out) {
        return new BrowserFragmenter(camera, Fragmenter::immediate, out);
    }

    /// Fragments with true durations.
    ///
    /// @param camera what the camera sends
    /// @param target a fragment is cut before a key frame and before a picture that would make it
    ///   longer than this
    /// @param out given each fragment inside [#add] and [#flush]
    public static BrowserFragmenter of(
            StreamFormat camera, Duration target, Consumer<Fragment> out) {
        return new BrowserFragmenter(camera, sent -> new Fragmenter(sent, target), out);
    }

    private static boolean isG711(Codec codec) {
        return codec == Codec.PCMA || codec == Codec.PCMU;
    }

    public InitSegment init() {
        return init;
    }

    /// As the camera sends it.
    public StreamFormat cameraFormat() {
        return camera;
    }

    public void add(AccessUnit unit) {
        AccessUnit sent = unit;
        if (transcoder != null && !unit.isVideo()) {
            sent = transcoder.add(unit);
        }
        if (sent != null) {
            give(fragmenter.add(sent));
        }
    }

    /// Before a break: gives what waits.
    public void flush() {
        if (transcoder != null) {
            AccessUnit rest = transcoder.flush();
            if (rest != null) {
                give(fragmenter.add(rest));
            }
        }
        give(fragmenter.flush());
    }

    private void give(@Nullable Fragment fragment) {
        if (fragment != null) {
            out.accept(fragment);
        }
    }
}
