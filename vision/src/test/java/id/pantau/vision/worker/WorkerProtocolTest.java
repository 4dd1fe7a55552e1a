package id.pantau.vision.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.Bytes;
import id.pantau.media.Codec;
import id.pantau.media.StreamEnd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorkerProtocolTest {
    private static final PullRequest REQUEST =
            new PullRequest(
                    "rtmp://h/ä",
                    "ani",
                    "",
                    "http://a:b@h:1",
                    Duration.ofMillis(1500),
                    Duration.ofSeconds(10));

    @Test
    void aRequestArrivesAsItWasSent() throws IOException {
        assertThat(WorkerProtocol.readRequest(new ByteArrayInputStream(written(REQUEST))))
                .isEqualTo(new WorkerProtocol.NumberedRequest(7, REQUEST));

        var open = PullRequest.of("http://h/", null, null);
        assertThat(WorkerProtocol.readRequest(new ByteArrayInputStream(written(open))).request())
                .isEqualTo(open);

        var transcode =
                new TranscodeRequest(Codec.H265, Bytes.ofHex("010203"), 12.5, 1280, 720, 2_000_000);
        assertThat(
                        WorkerProtocol.readRequest(new ByteArrayInputStream(written(transcode)))
                                .request())
                .isEqualTo(transcode);
    }

    @Test
    void aRequestThatIsCutShortOrOfAnotherVersionIsNone() throws IOException {
        byte[] whole = written(REQUEST);
        for (int length = 0; length < whole.length; length++) {
            var cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> WorkerProtocol.readRequest(cut))
                    .isInstanceOf(IOException.class);
        }
        whole[5]++; // the version
        assertThatThrownBy(() -> WorkerProtocol.readRequest(new ByteArrayInputStream(whole)))
                .hasMessageContaining("another version");
        byte[] tooLong = written(REQUEST);
        tooLong[7] = 0x7f; // two gigabytes
        assertThatThrownBy(() -> WorkerProtocol.readRequest(new ByteArrayInputStream(tooLong)))
                .hasMessageContaining("bytes");
    }

    @Test
    void anEndArrivesAsItWasSent() throws IOException {
        var end = new StreamEnd(StreamEnd.Reason.UNSUPPORTED_CODEC, "h sends mp2.");
        assertThat(WorkerProtocol.readEnd(WorkerProtocol.endBody(end).array())).isEqualTo(end);
        assertThatThrownBy(() -> WorkerProtocol.readEnd(new byte[] {0, 1, 'X', 0, 0}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aUnitArrivesAsItWasSent() throws IOException {
        var unit = new CodedUnit(true, -90_000, 1L << 40, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        ByteBuffer[] frame = TranscodeProtocol.frame(unit);
        byte[] body = new byte[frame[0].remaining() + frame[1].remaining() - 5];
        frame[0].position(5).get(body, 0, 17);
        frame[1].get(body, 17, 3);
        assertThat(TranscodeProtocol.unit(body)).isEqualTo(unit);
        assertThatThrownBy(() -> TranscodeProtocol.unit(new byte[17]))
                .isInstanceOf(IOException.class);
    }

    private static byte[] written(JobRequest request) throws IOException {
        ByteBuffer bytes = WorkerProtocol.request(7, request);
        byte[] written = new byte[bytes.remaining()];
        bytes.get(written);
        return written;
    }
}
