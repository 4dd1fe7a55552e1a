package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Many RTMP players in one process that only count: the same for every server measured. Arguments:
/// port, players, streams (`live/s1` and so on). Answers each line of its standard input with the
/// bytes that came so far and the players that still play.
final class RelayPlayers {
    private static final LongAdder BYTES = new LongAdder();
    private static final AtomicInteger PLAYING = new AtomicInteger();

    private RelayPlayers() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int players = Integer.parseInt(arguments[1]);
        int streams = Integer.parseInt(arguments[2]);
        for (int i = 0; i < players; i++) {
            String name = "s" + (i % streams + 1);
            var unused = Thread.ofVirtual().start(() -> play(port, name));
        }
        var asked = new Scanner(System.in, UTF_8);
        while (asked.hasNextLine()) {
            asked.nextLine();
            System.out.println(BYTES.sum() + " " + PLAYING.get());
        }
    }

    private static void play(int port, String name) {
        try (var player = RtmpPlayer.open(port, name)) {
            PLAYING.incrementAndGet();
            player.play(BYTES);
        } catch (IOException e) {
            System.err.println("a player is cut off: " + e);
        }
        PLAYING.decrementAndGet();
    }
}
