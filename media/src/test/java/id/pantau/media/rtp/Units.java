package id.pantau.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.AccessUnit;
import id.pantau.media.MediaKind;
import id.pantau.media.MediaTime;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Access units and packets for tests.
final class Units {

    private Units() {}

    static ByteBuffer packet(
            int payloadType, int sequence, int timestamp, boolean marker, ByteBuffer payload) {
        return ByteBuffer.allocate(12 + payload.remaining())
                .put((byte) 0x80)
                .put((byte) ((marker ? 0x80 : 0) | payloadType))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(0x1234)
                .put(payload.duplicate())
                .flip();
    }

    /// A picture of `slices` NAL units of random content.
    static AccessUnit picture(
            long pts90k, boolean keyFrame, boolean h265, int slices, int bytes, Random random) {
        ByteBuffer payload = ByteBuffer.allocate(slices * (4 + bytes + 3));
        for (int slice = 0; slice < slices; slice++) {
            int header = h265 ? 2 : 1;
            payload.putInt(header + bytes);
            if (h265) {
                payload.put((byte) ((keyFrame ? 19 : 1) << 1)).put((byte) 1);
            } else {
                payload.put((byte) (keyFrame ? 0x65 : 0x41));
            }
            byte[] content = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                content[i] = (byte) (1 + random.nextInt(255)); // no start codes
            }
            content[0] = (byte) (slice == 0 ? content[0] | 0x80 : 0x7f & content[0]);
            payload.put(content);
        }
        var time = new MediaTime(pts90k);
        return new AccessUnit(MediaKind.VIDEO, time, time, keyFrame, Instant.EPOCH, payload.flip());
    }

    static AccessUnit sound(long pts90k, int bytes, Random random) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        content[0] = 0x21;
        var time = new MediaTime(pts90k);
        return new AccessUnit(
                MediaKind.AUDIO, time, time, true, Instant.EPOCH, ByteBuffer.wrap(content));
    }

    /// Decode times ascend within each media track and are never after presentation.
    static void assertInOrder(List<AccessUnit> units) {
        Map<MediaKind, Long> last = new EnumMap<>(MediaKind.class);
        for (AccessUnit unit : units) {
            assertThat(unit.dts()).isLessThanOrEqualTo(unit.pts());
            assertThat(unit.dts().ticks90k())
                    .isGreaterThan(last.getOrDefault(unit.kind(), Long.MIN_VALUE));
            last.put(unit.kind(), unit.dts().ticks90k());
        }
    }
}
