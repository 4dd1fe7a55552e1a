package id.pantau.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The reading child process of [RtspRelay]: many RTSP readers that only count, the same for every
/// server measured. Arguments: readers, login (`-` for none), the streams' addresses. Answers each
/// line of its standard input with the bytes that came so far, and the readers to whom something
/// came since the line before.
final class RtspReaders {
    private static final List<RtspReader> READING = new CopyOnWriteArrayList<>();

    private RtspReaders() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        String login = arguments[1].equals("-") ? "" : arguments[1];
        int streams = arguments.length - 2;
        for (int i = 0; i < count; i++) {
            URI url = URI.create(arguments[2 + i % streams]);
            var unused = Thread.ofVirtual().start(() -> read(url, login));
            TimeUnit.MILLISECONDS.sleep(30); // people do not come at the same instant
        }
        var asked = new Scanner(System.in, UTF_8);
        long[] before = new long[count];
        while (asked.hasNextLine()) {
            asked.nextLine();
            long sum = 0;
            int served = 0;
            List<RtspReader> readers = List.copyOf(READING);
            for (int i = 0; i < readers.size(); i++) {
                long bytes = readers.get(i).bytes();
                served += bytes > before[i] ? 1 : 0;
                before[i] = bytes;
                sum += bytes;
            }
            System.out.println(sum + " " + served);
        }
        System.exit(0);
    }

    private static void read(URI url, String login) {
        try (var reader = RtspReader.open(url, login)) {
            READING.add(reader);
            reader.read();
            System.err.println("a reader was sent away");
        } catch (IOException e) {
            System.err.println("a reader is cut off: " + e);
        }
    }
}
