package id.pantau.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.pantau.media.rtsp.RtspInput.Found;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtspInputTest {
    private static final String OK = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3\r\n\r\na$b";

    @Test
    void theSameIsFoundWhateverTheGulps() throws IOException {
        byte[] bytes = stream(frame(0, 20), OK, "noise $ more\r\n", frame(1, 300), OK, frame(0, 4));
        List<String> whole = read(bytes, bytes.length);
        assertThat(whole).containsExactly("0:20", "200:a$b", "1:300", "200:a$b", "0:4");
        for (int gulp : new int[] {1, 2, 3, 7, 64}) {
            assertThat(read(bytes, gulp)).as("%d bytes a read", gulp).isEqualTo(whole);
        }
    }

    @Test
    void theLargestFrameAndALargeBodyFit() throws IOException {
        String body = "x".repeat(200_000);
        String head = "RTSP/1.0 200 OK\r\nContent-Length: 200000\r\n\r\n";
        byte[] bytes = stream(frame(0, 65_535), frame(1, 65_535), head + body, frame(0, 9));
        assertThat(read(bytes, 10_000)).containsExactly("0:65535", "1:65535", "200:" + body, "0:9");
    }

    @Test
    void lengthsThatLieAllocateNothing() {
        assertThatThrownBy(() ->
                        read(stream("RTSP/1.0 200 OK\r\nContent-Length: 2000000000\r\n\r\n"), 99))
                .isInstanceOf(MalformedRtspException.class)
                .hasMessage("a message body of 2000000000 bytes");
        for (int gulp : new int[] {999, 65_536}) {
            assertThatThrownBy(() ->
                            read(
                                    stream("RTSP/1.0 200 OK\r\n" + "a: b\r\n".repeat(6000), "\r\n"),
                                    gulp))
                    .isInstanceOf(MalformedRtspException.class)
                    .hasMessage("a message head beyond 32 KiB");
        }
        assertThatThrownBy(() ->
                        read(stream("RTSP/1.0 200 OK\r\n" + "a:\r\n".repeat(256), "\r\n"), 999))
                .isInstanceOf(MalformedRtspException.class)
                .hasMessage("a message head of 258 lines");
    }

    @Test
    void aLengthThatIsNoLengthIsNone() throws IOException {
        for (String length : List.of("-1", "99999999999999999999", "3, 3", "0x3", "")) {
            byte[] bytes = stream("RTSP/1.0 200 OK\r\nContent-Length: " + length + "\r\n\r\n", OK);
            assertThat(read(bytes, 7)).as(length).containsExactly("200:", "200:a$b");
        }
        byte[] two =
                stream("RTSP/1.0 200 OK\r\nContent-Length: 1\r\nContent-Length: 999\r\n\r\nx", OK);
        assertThat(read(two, 7)).containsExactly("200:x", "200:a$b");
    }

    /// Each of these made a text of all that follows for every few bytes: gigabytes for kilobytes.
    @Test
    void whatComesInCrumbsOrBeginsOverAndOverCostsNoMoreThanItsSize() throws IOException {
        byte[] crumbs =
                stream(
                        "RTSP/1.0 200 OK\r\n" + ("a: " + "b".repeat(120) + "\r\n").repeat(200),
                        "Content-Length: 2000\r\n\r\n" + "x".repeat(2000));
        byte[] beginnings = stream("RTSP/".repeat(6000), "\r\n\r\n");
        byte[] folds = stream("RTSP/1.0 200 OK\r\na: b" + "\n c".repeat(250) + "\r\n\r\n");
        for (byte[] bytes : List.of(crumbs, beginnings, folds)) {
            long before = allocatedBytes();
            read(bytes, 1);
            assertThat(allocatedBytes() - before).isLessThan(1_500_000 + 20L * bytes.length);
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void framesOfChannelsNobodySetUpAreNoise() throws IOException {
        var input = new RtspInput();
        input.acceptChannelsBelow(4);
        var in = new ByteArrayInputStream(stream(frame(77, 30), frame(3, 5)));
        input.fill(in);
        assertThat(input.next()).isEqualTo(Found.FRAME);
        assertThat(input.frameChannel()).isEqualTo(3);
        assertThat(input.skippedBytes()).isEqualTo(34);
    }

    @Test
    void aBodyCutShortCanBeTakenAndOneTooLongIsStrayText() throws IOException {
        var input = new RtspInput();
        input.fill(
                new ByteArrayInputStream(
                        stream("RTSP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nv=0")));
        assertThat(input.next()).isEqualTo(Found.NOTHING);
        assertThat(input.takeCutMessage()).isTrue();
        assertThat(input.message().bodyText()).isEqualTo("v=0");

        input.fill(new ByteArrayInputStream(stream("RTSP/1.0 200 OK\r\n\r\nv=0\r\n" + OK)));
        assertThat(input.next()).isEqualTo(Found.MESSAGE);
        assertThat(input.takeStrayText()).isEqualTo("v=0\r\n");
        assertThat(input.next()).isEqualTo(Found.MESSAGE);
        assertThat(input.skippedBytes()).isZero();
    }

    private static List<String> read(byte[] bytes, int gulp) throws IOException {
        var input = new RtspInput();
        var found = new ArrayList<String>();
        InputStream in =
                new ByteArrayInputStream(bytes) {
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return super.read(target, offset, Math.min(gulp, length));
                    }
                };
        while (input.fill(in) >= 0) {
            for (Found one = input.next(); one != Found.NOTHING; one = input.next()) {
                if (one == Found.FRAME) {
                    found.add(input.frameChannel() + ":" + input.frame().remaining());
                } else if (input.message() instanceof RtspMessage.Response response) {
                    found.add(response.status() + ":" + response.bodyText());
                }
            }
        }
        return found;
    }

    private static byte[] frame(int channel, int length) {
        return ByteBuffer.allocate(4 + length)
                .put((byte) '$')
                .put((byte) channel)
                .putShort((short) length)
                .put((byte) 0x80)
                .array();
    }

    private static byte[] stream(Object... parts) {
        var bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            bytes.writeBytes(
                    part instanceof byte[] raw
                            ? raw
                            : part.toString().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
