package id.pantau.bench;

import id.pantau.media.StreamFormat;
import id.pantau.media.rtsp.RtspSource;
import id.pantau.media.rtsp.RtspTampering;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;

/// A camera's stream of which every second packet of pictures is damaged behind its RTP header, the
/// same bytes for the same seed as long as one client plays it. Thread-safe.
final class DamagedStream implements RtspSource, RtspTampering {
    private static final int FRAME_HEADER_BYTES = 4; // RFC 2326 §10.12
    private static final int RTP_HEADER_BYTES = 12;
    private static final int PICTURES_CHANNEL = 0;
    private static final int MOST_BYTES = 16;

    private final RtspSource source;
    private final SplittableRandom random; // under its own lock

    DamagedStream(RtspSource source, long seed) {
        this.source = source;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Optional<StreamFormat> format() {
        return source.format();
    }

    @Override
    public Feed open() {
        return source.open();
    }

    @Override
    public RtspTampering tampering() {
        return this;
    }

    @Override
    public ByteBuffer interleaved(ByteBuffer frames) {
        byte[] bytes = new byte[frames.remaining()];
        frames.duplicate().get(bytes);
        var buffer = ByteBuffer.wrap(bytes);
        synchronized (random) {
            for (int at = 0; at < bytes.length; ) {
                int length = buffer.getShort(at + 2) & 0xffff;
                int payload = length - RTP_HEADER_BYTES;
                if (bytes[at + 1] == PICTURES_CHANNEL && payload > 0 && random.nextBoolean()) {
                    damage(bytes, at + FRAME_HEADER_BYTES + RTP_HEADER_BYTES, payload);
                }
                at += FRAME_HEADER_BYTES + length;
            }
        }
        return buffer;
    }

    private void damage(byte[] bytes, int from, int length) {
        for (int n = random.nextInt(1, MOST_BYTES + 1); n > 0; n--) {
            bytes[from + random.nextInt(length)] = (byte) random.nextInt(256);
        }
    }
}
