package id.pantau.server.live;

import id.pantau.media.mp4.Fragment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Puts the pictures of a stream that many watch together into fewer messages: to send one costs as
/// much as some 80 KB inside it. The first picture of a message is up to [#SPAN] late then; a key
/// frame begins a message, and streams that few watch are sent as they come. Confined to the
/// stream's thread.
final class CrowdMessages {
    /// So many viewers make it worth the delay.
    static final int CROWD = 12;

    /// A message that covers so much is sent.
    static final Duration SPAN = Duration.ofMillis(100);

    /// A larger message would gain little more.
    private static final int ENOUGH_BYTES = 160 << 10;

    private final Consumer<LiveFragment> out;
    private final List<Fragment> waiting = new ArrayList<>();
    private int waitingBytes;

    /// @param out given each message inside [#add] and [#flush]
    CrowdMessages(Consumer<LiveFragment> out) {
        this.out = out;
    }

    void add(Fragment fragment, int viewers) {
        if (fragment.keyFrame()) {
            flush();
        }
        waiting.add(fragment);
        waitingBytes += fragment.sizeBytes();
        Duration covered =
                fragment.start().since(waiting.getFirst().start()).plus(fragment.duration());
        if (viewers < CROWD || waitingBytes >= ENOUGH_BYTES || covered.compareTo(SPAN) >= 0) {
            flush();
        }
    }

    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        LiveFragment message = LiveFragment.of(waiting);
        waiting.clear();
        waitingBytes = 0;
        out.accept(message);
    }
}
