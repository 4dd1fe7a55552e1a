package id.pantau.server.live;

import id.pantau.media.AccessUnit;
import id.pantau.media.AudioFormat;
import id.pantau.media.Codec;
import id.pantau.media.StreamFormat;
import id.pantau.media.codec.FlacTranscoder;
import id.pantau.media.mp4.Fragment;
import id.pantau.media.mp4.Fragmenter;
import id.pantau.media.mp4.InitSegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes live fragments of one decoder configuration; G.711 becomes FLAC on the way, which browsers
/// play. Not thread-safe.
final class Packager {
    private final StreamFormat camera;
    private final InitSegment init;
    private final Fragmenter fragmenter;
    private final @Nullable FlacTranscoder transcoder;
    private final Consumer<LiveFragment> out;

    Packager(StreamFormat camera, Consumer<LiveFragment> out) {
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
        fragmenter = Fragmenter.immediate(sent);
    }

    private static boolean isG711(Codec codec) {
        return codec == Codec.PCMA || codec == Codec.PCMU;
    }

    InitSegment init() {
        return init;
    }

    /// As the camera sends it.
    StreamFormat cameraFormat() {
        return camera;
    }

    String mime() {
        return "%s/mp4; codecs=\"%s\""
                .formatted(camera.video() == null ? "audio" : "video", init.codecs());
    }

    void add(AccessUnit unit) {
        AccessUnit sent = unit;
        if (transcoder != null && !unit.isVideo()) {
            sent = transcoder.add(unit);
        }
        if (sent != null) {
            give(fragmenter.add(sent));
        }
    }

    /// Before a break: gives what waits.
    void flush() {
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
            out.accept(LiveFragment.of(fragment));
        }
    }
}
