package id.pantau.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.media.MediaTime;
import id.pantau.media.mp4.Fragment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdMessagesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-26T00:00:00Z");
    private static final int ALONE = 1;

    private final List<LiveFragment> sent = new ArrayList<>();
    private final CrowdMessages messages = new CrowdMessages(sent::add);
    private int next;

    /// 25 pictures a second, one key frame in four.
    private void pictures(int count, int viewers) {
        for (int i = 0; i < count; i++) {
            messages.add(picture(40, 1000), viewers);
        }
    }

    private Fragment picture(int ms, int bytes) {
        int index = next++;
        ByteBuffer content = ByteBuffer.allocate(bytes).put(0, (byte) index);
        return new Fragment(
                MediaTime.ZERO.plus(Duration.ofMillis((long) ms * index)),
                Duration.ofMillis(ms),
                BEGIN.plusMillis((long) ms * index),
                index % 4 == 0,
                bytes,
                List.of(content.slice(0, bytes / 2), content.slice(bytes / 2, bytes / 2)));
    }

    /// The numbers of the pictures in each message.
    private List<List<Integer>> sentPictures() {
        return sent.stream()
                .map(message -> {
                    var numbers = new ArrayList<Integer>();
                    for (int at = 0; at < message.sizeBytes(); at += 1000) {
                        numbers.add((int) message.bytes().get(at));
                    }
                    return List.copyOf(numbers);
                })
                .toList();
    }

    @Test
    void fewViewersGetEachPictureAtOnce() {
        pictures(3, CrowdMessages.CROWD - 1);
        assertThat(sentPictures()).containsExactly(List.of(0), List.of(1), List.of(2));
    }

    @Test
    void aCrowdGetsSomeTogetherAndEachKeyFrameAtAMessagesBeginning() {
        pictures(8, CrowdMessages.CROWD);
        messages.flush();
        assertThat(sentPictures())
                .containsExactly(List.of(0, 1, 2), List.of(3), List.of(4, 5, 6), List.of(7));
        assertThat(sent)
                .extracting(LiveFragment::keyFrame)
                .containsExactly(true, false, true, false);
        assertThat(sent.get(1).wallTime()).isEqualTo(BEGIN.plusMillis(120));
        assertThat(sent.get(1).media()).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void whenTheCrowdLeavesWhatWaitsGoesWithTheNextPicture() {
        pictures(1, CrowdMessages.CROWD);
        assertThat(sent).isEmpty();
        pictures(1, ALONE);
        assertThat(sentPictures()).containsExactly(List.of(0, 1));
    }

    @Test
    void slowPicturesAndLargeOnesDoNotWait() {
        messages.add(picture(200, 1000), CrowdMessages.CROWD);
        messages.add(picture(40, 200_000), CrowdMessages.CROWD);
        assertThat(sent).hasSize(2);
    }

    @Test
    void nothingIsSentForNothing() {
        messages.flush();
        assertThat(sent).isEmpty();
    }
}
