package id.pantau.testkit;

import id.pantau.media.Codec;
import id.pantau.media.rtsp.LoopingClip;
import id.pantau.media.rtsp.RtspAccess;
import id.pantau.media.rtsp.RtspCatalog;
import id.pantau.media.rtsp.RtspChallenge;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.rtsp.RtspServer;
import id.pantau.media.rtsp.RtspServerSettings;
import id.pantau.media.rtsp.RtspTampering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An RTSP camera on this machine that plays a clip in a loop and misbehaves by script. Everything
/// can be said while it runs. What happens `after` a time happens once, counted in media time from
/// the moment the first client plays. Thread-safe.
///
/// ```java
/// try (var camera = ScriptedCamera.start(GoldenMedia.H264_AAC).stallAfter(Duration.ofSeconds(3))) {
///     pull(camera.url());
/// }
/// ```
public final class ScriptedCamera implements AutoCloseable {
    private static final String MAIN = "main";
    private static final String SUB = "sub";

    private final CameraFaults faults = new CameraFaults();
    private final CameraScript script;
    private final ConcurrentHashMap<String, CameraScript> mounts = new ConcurrentHashMap<>();
    private final List<LoopingClip> clips = new ArrayList<>();
    private final Object lock = new Object(); // guards server and clips
    private volatile RtspAccess access = RtspAccess.OPEN;
    private RtspServerSettings settings = RtspServerSettings.loopback();
    private @Nullable RtspServer server;
    private final int port;

    private ScriptedCamera(Path clip) throws IOException {
        this.script = new CameraScript(opened(clip, 1), faults);
        mounts.put(MAIN, script);
        server = listen();
        port = server.port();
        settings = settings.withPort(port);
    }

    /// Listens on a free port of the loopback interface when this returns.
    public static ScriptedCamera start(GoldenMedia clip) {
        return start(clip.path());
    }

    /// @param clip an MP4 file
    public static ScriptedCamera start(Path clip) {
        try {
            return new ScriptedCamera(clip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The main stream, without user information.
    public URI url() {
        return URI.create("rtsp://127.0.0.1:%d/%s".formatted(port, MAIN));
    }

    /// The sub stream of [#withSub].
    public URI subUrl() {
        return URI.create("rtsp://127.0.0.1:%d/%s".formatted(port, SUB));
    }

    public int port() {
        return port;
    }

    // -- what kind of camera ----------------------------------------------------------------------

    /// A second stream, which knows no script of its own but fails with the camera as a whole.
    public ScriptedCamera withSub(GoldenMedia clip) {
        mounts.put(SUB, new CameraScript(opened(clip.path(), 1), RtspTampering.NONE));
        return this;
    }

    /// Wants this account from now on; open connections live on.
    ///
    /// @param schemes what is offered; Digest with MD5 when empty
    public ScriptedCamera account(String username, String password, RtspAccess.Scheme... schemes) {
        RtspAccess.Scheme[] offered =
                schemes.length > 0
                        ? schemes
                        : new RtspAccess.Scheme[] {RtspAccess.Scheme.DIGEST_MD5};
        access = RtspAccess.account(username, password, offered);
        return this;
    }

    /// Plays faster than it was filmed, for tests that need much media: a new clip begins.
    public ScriptedCamera atSpeed(GoldenMedia clip, double times) {
        script.play(opened(clip.path(), times));
        return this;
    }

    /// The parameter sets are left out of the session description and come in band only.
    public ScriptedCamera hideParameterSets() {
        faults.hideParameterSets();
        return this;
    }

    /// The video is announced under this encoding name instead of its own.
    public ScriptedCamera announceCodec(String encodingName) {
        faults.announceCodec(encodingName);
        return this;
    }

    /// RTSP sessions end after so long without a sign of life. Restarts the server.
    public ScriptedCamera sessionTimeout(Duration timeout) {
        synchronized (lock) {
            settings = settings.withSessionTimeout(timeout);
        }
        refuseConnections();
        return comeBack();
    }

    /// Takes sound by an ONVIF audio backchannel.
    ///
    /// @param codec PCMU or PCMA
    public Loudspeaker withLoudspeaker(Codec codec) {
        boolean mu = codec == Codec.PCMU;
        return withLoudspeaker(codec, mu ? 0 : 8, codec + "/8000");
    }

    /// @param encoding as in an rtpmap: `PCMU/8000`
    public Loudspeaker withLoudspeaker(Codec codec, int payloadType, String encoding) {
        var loudspeaker = new Loudspeaker(codec, payloadType, encoding);
        faults.loudspeaker(loudspeaker);
        return loudspeaker;
    }

    /// Answers 551 to whoever requires the backchannel.
    public ScriptedCamera refuseBackchannel() {
        faults.refuseBackchannel();
        return this;
    }

    // -- what happens when ------------------------------------------------------------------------

    /// Sends nothing more, and keeps the connection, until [#resume].
    public ScriptedCamera stallAfter(Duration mediaTime) {
        script.at(mediaTime, () -> script.stall(true));
        return this;
    }

    public ScriptedCamera stall() {
        script.stall(true);
        return this;
    }

    public ScriptedCamera resume() {
        script.stall(false);
        return this;
    }

    /// Closes every connection, wherever in a GOP it is; answers new ones.
    public ScriptedCamera cutAfter(Duration mediaTime) {
        script.at(
                mediaTime,
                () -> {
                    script.end();
                    dropConnections();
                });
        return this;
    }

    /// As a reboot: closes every connection and refuses new ones until [#comeBack].
    public ScriptedCamera vanishAfter(Duration mediaTime) {
        script.at(mediaTime, () -> Thread.startVirtualThread(this::refuseConnections));
        return this;
    }

    /// Other parameter sets in mid-stream, without a word in RTSP: goes on with another clip of the
    /// same codecs from its first key frame.
    public ScriptedCamera switchAfter(Duration mediaTime, GoldenMedia next) {
        LoopingClip clip = opened(next.path(), 1);
        script.at(mediaTime, () -> script.play(clip));
        return this;
    }

    /// RTP timestamps jump, forwards or back, while time goes on as before.
    public ScriptedCamera jumpRtpTimeAfter(Duration mediaTime, Duration by) {
        script.at(mediaTime, () -> script.shiftRtpTime(by));
        return this;
    }

    /// The camera's clock, as told by sender reports, is set forwards or back.
    public ScriptedCamera jumpClockAfter(Duration mediaTime, Duration by) {
        script.at(mediaTime, () -> script.shiftWallClock(by));
        return this;
    }

    /// From then on every request is answered with 401, and open connections are cut.
    public ScriptedCamera refusePasswordAfter(Duration mediaTime) {
        script.at(
                mediaTime,
                () -> {
                    refusePassword();
                    dropConnections();
                });
        return this;
    }

    // -- at once ----------------------------------------------------------------------------------

    public ScriptedCamera refusePassword() {
        var challenge = RtspChallenge.basic("camera").write();
        faults.answerEverythingWith(
                Response.of(401, "Unauthorized").with("WWW-Authenticate", challenge));
        return this;
    }

    /// Every request is answered with this status.
    public ScriptedCamera answerWith(int status, String reason) {
        faults.answerEverythingWith(Response.of(status, reason));
        return this;
    }

    /// Undoes [#refusePassword], [#answerWith], [#redirectTo] and [#answerSlowly].
    public ScriptedCamera answerProperly() {
        faults.answerEverythingWith(null);
        faults.answerDescribeWith(null);
        faults.delayAnswers(Duration.ZERO);
        return this;
    }

    public ScriptedCamera answerSlowly(Duration delay) {
        faults.delayAnswers(delay);
        return this;
    }

    /// DESCRIBE is answered with 302 and this place.
    public ScriptedCamera redirectTo(URI place) {
        faults.answerDescribeWith(
                Response.of(302, "Moved Temporarily").with("Location", place.toString()));
        return this;
    }

    /// Up to so many letters behind every interleaved frame.
    public ScriptedCamera garbageBetweenFrames(int maxBytes, long seed) {
        faults.garbage(maxBytes, seed);
        return this;
    }

    /// A bad network for UDP.
    ///
    /// @param loss 0..1, of the packets
    /// @param reordering 0..1, of the packets change places with the next one
    /// @param duplication 0..1, of the packets arrive twice
    public ScriptedCamera badNetwork(
            double loss, double reordering, double duplication, long seed) {
        faults.network(loss, reordering, duplication, seed);
        return this;
    }

    public ScriptedCamera dropConnections() {
        synchronized (lock) {
            if (server != null) {
                server.dropConnections();
            }
        }
        return this;
    }

    /// Off the network: connections are closed and the port refuses new ones.
    public ScriptedCamera refuseConnections() {
        RtspServer old;
        synchronized (lock) {
            old = server;
            server = null;
        }
        if (old != null) {
            old.close();
        }
        return this;
    }

    /// Listens again on the same port.
    public ScriptedCamera comeBack() {
        synchronized (lock) {
            if (server == null) {
                try {
                    server = listen();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return this;
    }

    // -- what happened ----------------------------------------------------------------------------

    /// Methods asked for on the main stream, oldest first.
    public List<String> requests() {
        return faults.requests();
    }

    public int connections() {
        synchronized (lock) {
            return server == null ? 0 : server.figures().connections();
        }
    }

    @Override
    public void close() {
        refuseConnections();
        synchronized (lock) {
            for (LoopingClip clip : clips) {
                try {
                    clip.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private RtspServer listen() throws IOException {
        RtspCatalog catalog = path -> java.util.Optional.ofNullable(mounts.get(path));
        return RtspServer.start(settings, catalog, new CurrentAccess());
    }

    private LoopingClip opened(Path path, double speed) {
        try {
            LoopingClip clip = LoopingClip.open(path).atSpeed(speed);
            synchronized (lock) {
                clips.add(clip);
            }
            return clip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Follows [ScriptedCamera#account].
    private final class CurrentAccess implements RtspAccess {
        @Override
        public List<RtspChallenge> challenges(String nonce) {
            return access.challenges(nonce);
        }

        @Override
        public Verdict check(Asked asked) {
            return access.check(asked);
        }
    }
}
