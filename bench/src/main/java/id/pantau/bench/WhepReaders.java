package id.pantau.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The reading child process of [Whep]. Says `warm` and `joined` on the way, and at the end one
/// line per reader: first frame in microseconds, packets, bytes, missing, opened, forged.
final class WhepReaders {
    private static final int WARM_UP = 20;

    private WhepReaders() {}

    /// Arguments: URL, readers, seconds.
    public static void main(String[] arguments) throws Exception {
        URI whep = URI.create(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Duration length = Duration.ofSeconds(Long.parseLong(arguments[2]));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int round = 0; round < 2; round++) {
            for (Thread warming : join(whep, http, WARM_UP, Duration.ofSeconds(3), List.of())) {
                warming.join();
            }
        }
        System.out.println("warm");
        var readers = new ArrayList<WhepReader>();
        for (int i = 0; i < count; i++) {
            readers.add(new WhepReader());
        }
        List<Thread> threads = join(whep, http, count, length, readers);
        System.out.println("joined");
        for (Thread thread : threads) {
            thread.join();
        }
        for (WhepReader reader : readers) {
            System.out.printf(
                    "%d %d %d %d %d %d%n",
                    reader.firstFrameNanos() / 1000,
                    reader.packets(),
                    reader.bytes(),
                    reader.missing(),
                    reader.opened(),
                    reader.forged());
        }
        System.exit(0);
    }

    private static List<Thread> join(
            URI whep, HttpClient http, int count, Duration length, List<WhepReader> readers)
            throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            WhepReader reader = readers.isEmpty() ? new WhepReader() : readers.get(i);
            threads.add(Thread.ofPlatform().start(() -> read(reader, whep, http, length)));
            TimeUnit.MILLISECONDS.sleep(60); // people do not come at the same instant
        }
        return threads;
    }

    private static void read(WhepReader reader, URI whep, HttpClient http, Duration length) {
        try {
            reader.run(whep, http, length);
        } catch (Exception e) {
            System.err.println("a reader failed: " + e);
        }
    }
}
