package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.AccessUnit;
import id.pantau.media.Codec;
import id.pantau.media.MediaKind;
import id.pantau.media.StreamFormat;
import id.pantau.media.codec.FlacDecoder;
import id.pantau.media.codec.G711;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrowserPlaybackTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void g711BecomesFlacAndPicturesStayAsTheyAre() throws IOException {
        var format = new StreamFormat(TestFormats.H264, TestFormats.PCMA);
        var stream = new RandomStream(format, 6, 17);
        WrittenFile file = WrittenFile.of(stream, SECOND);
        RecordedFile recorded = file.read();
        var playback = new BrowserPlayback(recorded);
        assertThat(playback.rewrites()).isTrue();
        assertThat(playback.init().codecs()).isEqualTo("avc1.64001e,flac");

        var channel = new MemoryChannel(file.bytes());
        int last = recorded.fragments().size() - 1;
        byte[] bytes = concat(playback, playback.fragments(channel, 0, last));
        RecordedFile played = RecordedFile.read(new MemoryChannel(bytes));
        assertThat(played.fragments()).hasSameSizeAs(recorded.fragments());
        List<Integer> wanted = new ArrayList<>();
        List<Integer> heard = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            RecordedFile.Entry before = recorded.fragments().get(i);
            RecordedFile.Entry after = played.fragments().get(i);
            assertThat(after.start()).isEqualTo(before.start());
            assertThat(after.duration()).isEqualTo(before.duration());
            assertThat(after.wallStart()).isEqualTo(before.wallStart());
            assertThat(after.keyFrame()).isEqualTo(before.keyFrame());
            List<AccessUnit> old = recorded.units(channel, before);
            List<AccessUnit> fresh = played.units(new MemoryChannel(bytes), after);
            assertSamePictures(fresh, old);
            collect(old, wanted);
            collect(fresh, heard);
            assertThat(firstSound(fresh)).isEqualTo(firstSound(old));
        }
        assertThat(heard).isEqualTo(wanted);
    }

    private static void assertSamePictures(List<AccessUnit> fresh, List<AccessUnit> old) {
        List<AccessUnit> pictures = old.stream().filter(AccessUnit::isVideo).toList();
        for (int i = 0; i < pictures.size(); i++) {
            assertThat(fresh.get(i).dts()).isEqualTo(pictures.get(i).dts());
            assertThat(fresh.get(i).pts()).isEqualTo(pictures.get(i).pts());
            assertThat(fresh.get(i).payload()).isEqualTo(pictures.get(i).payload());
        }
    }

    private static long firstSound(List<AccessUnit> units) {
        return units.stream()
                .filter(unit -> !unit.isVideo())
                .mapToLong(unit -> unit.dts().ticks90k())
                .findFirst()
                .orElse(-1);
    }

    private static void collect(List<AccessUnit> units, List<Integer> pcm) {
        for (AccessUnit unit : units) {
            ByteBuffer payload = unit.payload();
            if (unit.kind() == MediaKind.VIDEO) {
                continue;
            }
            if (payload.limit() > 2 && payload.getShort(0) == (short) 0xfff9) {
                for (int[] sample : FlacDecoder.decode(payload)) {
                    pcm.add(sample[0]);
                }
            } else {
                while (payload.hasRemaining()) {
                    pcm.add(G711.decode(Codec.PCMA, payload.get()));
                }
            }
        }
    }

    @Test
    void otherFilesComeOutAsTheyAre() throws IOException {
        var stream =
                new RandomStream(new StreamFormat(TestFormats.H264, TestFormats.AAC_44K), 3, 2);
        WrittenFile file = WrittenFile.of(stream, SECOND);
        RecordedFile recorded = file.read();
        var playback = new BrowserPlayback(recorded);
        assertThat(playback.rewrites()).isFalse();
        RecordedFile.Entry second = recorded.fragments().get(1);
        List<ByteBuffer> buffers = playback.fragments(new MemoryChannel(file.bytes()), 1, 1);
        assertThat(buffers.getFirst())
                .isEqualTo(
                        ByteBuffer.wrap(file.bytes(), (int) second.offset(), second.sizeBytes()));
    }

    @Test
    void fragmentsThatDoNotExistAreRefused() throws IOException {
        var stream = new RandomStream(new StreamFormat(TestFormats.H264, null), 1, 2);
        WrittenFile file = WrittenFile.of(stream, SECOND);
        var playback = new BrowserPlayback(file.read());
        assertThatThrownBy(() -> playback.fragments(new MemoryChannel(file.bytes()), 0, 999))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static byte[] concat(BrowserPlayback playback, List<ByteBuffer> buffers)
            throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(playback.init().bytes().toArray());
        try (WritableByteChannel channel = MemoryChannel.into(out)) {
            for (ByteBuffer buffer : buffers) {
                channel.write(buffer.duplicate());
            }
        }
        return out.toByteArray();
    }
}
