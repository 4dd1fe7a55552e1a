package id.pantau.testkit;

import id.pantau.media.rtsp.RtspMessage.Request;
import id.pantau.media.rtsp.RtspMessage.Response;
import id.pantau.media.rtsp.RtspTampering;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What a [ScriptedCamera] does wrong with requests and packets. Thread-safe.
final class CameraFaults implements RtspTampering {
    private static final int KEPT_REQUESTS = 10_000;

    private final List<String> requests = new ArrayList<>();
    private Duration answerDelay = Duration.ZERO;
    private @Nullable Response always;
    private @Nullable Response onDescribe;
    private boolean hidesParameterSets;
    private String announcedCodec = "";
    private int garbageBytes;
    private Random random = new Random(0);
    private double loss;
    private double reordering;
    private double duplication;
    private @Nullable ByteBuffer held;
    private @Nullable Loudspeaker loudspeaker;
    private boolean refusesBackchannel;

    synchronized void delayAnswers(Duration delay) {
        answerDelay = delay;
    }

    /// @param response null for right answers again
    synchronized void answerEverythingWith(@Nullable Response response) {
        always = response;
    }

    synchronized void answerDescribeWith(@Nullable Response response) {
        onDescribe = response;
    }

    synchronized void hideParameterSets() {
        hidesParameterSets = true;
    }

    /// @param codec an encoding name of RTP; empty for the right one
    synchronized void announceCodec(String codec) {
        announcedCodec = codec;
    }

    synchronized void loudspeaker(Loudspeaker offered) {
        loudspeaker = offered;
    }

    synchronized void refuseBackchannel() {
        refusesBackchannel = true;
    }

    synchronized void garbage(int bytes, long seed) {
        garbageBytes = bytes;
        random = new Random(seed);
    }

    synchronized void network(double lost, double reordered, double duplicated, long seed) {
        loss = lost;
        reordering = reordered;
        duplication = duplicated;
        random = new Random(seed);
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public @Nullable Response instead(Request request) throws InterruptedException {
        Duration delay;
        synchronized (this) {
            delay = answerDelay;
            if (requests.size() < KEPT_REQUESTS) {
                requests.add(request.method());
            }
        }
        Thread.sleep(delay);
        synchronized (this) {
            if (refusesBackchannel && Loudspeaker.isMeant(request)) {
                return Loudspeaker.refusal();
            }
            return always != null || !request.method().equals("DESCRIBE") ? always : onDescribe;
        }
    }

    @Override
    public synchronized Response answer(Request request, Response right) {
        if (loudspeaker != null && Loudspeaker.isMeant(request)) {
            return loudspeaker.answer(request, right);
        }
        boolean changes = hidesParameterSets || !announcedCodec.isEmpty();
        if (!changes || !request.method().equals("DESCRIBE")) {
            return right;
        }
        String sdp = right.bodyText();
        if (hidesParameterSets) {
            sdp = sdp.replaceAll(";? *sprop-[a-z-]+=[^;\\r\\n ]*", "");
        }
        if (!announcedCodec.isEmpty()) {
            sdp = sdp.replaceAll("(a=rtpmap:\\d+ )H26[45]/", "$1" + announcedCodec + "/");
        }
        var bare = new Response(right.status(), right.reason(), right.headers(), right.body());
        return new Response(
                bare.status(),
                bare.reason(),
                bare.headers(),
                id.pantau.media.Bytes.of(sdp.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Override
    public void heard(int channel, ByteBuffer packet) {
        Loudspeaker listening;
        synchronized (this) {
            listening = loudspeaker;
        }
        if (listening != null && channel % 2 == 0) {
            listening.hear(packet);
        }
    }

    /// Letters between the frames, as from firmware that prints to the wrong descriptor.
    @Override
    public synchronized ByteBuffer interleaved(ByteBuffer frames) {
        if (garbageBytes == 0) {
            return frames;
        }
        ByteBuffer in = frames.duplicate();
        var out = new java.io.ByteArrayOutputStream(frames.remaining() * 2);
        while (in.remaining() >= 4) {
            byte[] frame = new byte[4 + (in.getShort(in.position() + 2) & 0xffff)];
            in.get(frame);
            out.writeBytes(frame);
            int count = random.nextInt(garbageBytes + 1);
            for (int i = 0; i < count; i++) {
                out.write('a' + random.nextInt(26));
            }
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    @Override
    public synchronized List<ByteBuffer> datagram(ByteBuffer packet) {
        if (loss + reordering + duplication == 0) {
            return List.of(packet);
        }
        var now = new ArrayList<ByteBuffer>();
        if (random.nextDouble() >= loss) {
            now.add(packet);
            if (random.nextDouble() < duplication) {
                now.add(packet.duplicate());
            }
        }
        ByteBuffer late = held;
        held = null;
        if (late == null && now.size() == 1 && random.nextDouble() < reordering) {
            held = now.removeFirst(); // goes out behind the next one
        } else if (late != null) {
            now.add(late);
        }
        return now;
    }
}
