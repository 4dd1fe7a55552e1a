package id.pantau.vision.worker;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.StreamEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OutboxTest {
    private static final int MESSAGES = 900;
    private static final int LARGE_BYTES = 64 << 10;

    @Test
    void aServerThatReadsNothingForLongLosesWordsButNoCredit(@TempDir Path folder)
            throws Exception {
        var address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                var worker = SocketChannel.open(address);
                var server = door.accept()) {
            var outbox = new Outbox(JobConnection.fed(worker));
            for (int i = 0; i < MESSAGES; i++) {
                outbox.offer(AnalyseProtocol.SIGHTING, ByteBuffer.allocate(LARGE_BYTES));
                outbox.credit(1);
            }
            Thread ending =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    outbox.end(new StreamEnd(StreamEnd.Reason.STOPPED, ""));
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });

            int credit = 0;
            int sightings = 0;
            var frames = new FrameReader(server);
            FrameReader.RawFrame frame;
            do {
                frame = Objects.requireNonNull(frames.next());
                credit +=
                        frame.type() == AnalyseProtocol.CREDIT
                                ? AnalyseProtocol.credit(frame.body())
                                : 0;
                sightings += frame.type() == AnalyseProtocol.SIGHTING ? 1 : 0;
            } while (frame.type() != WorkerProtocol.END);

            ending.join();
            assertThat(credit).isEqualTo(MESSAGES);
            assertThat(sightings).isBetween(1, MESSAGES - 1);
        }
    }
}
