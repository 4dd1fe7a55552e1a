package id.pantau.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Cameras that are pushed to the server, by RTMP and RTSP in turn. One publisher after the other
/// breaks off and comes back.
final class SoakPublishers implements AutoCloseable {
    private static final int LONGEST_PAUSE_MS = 20_000;
    private static final Duration AWAY = Duration.ofSeconds(2);

    /// So long before the end all are there again.
    private static final Duration REST = Duration.ofSeconds(10);

    private final Path clip;
    private final List<String> urls = new ArrayList<>();
    private final List<Publisher> running = new ArrayList<>();

    private SoakPublishers(Path clip) {
        this.clip = clip;
    }

    static SoakPublishers start(
            ServerProcess server, int rtspPort, int rtmpPort, List<String> cameras, Path clip)
            throws IOException, InterruptedException {
        var publishers = new SoakPublishers(clip);
        try {
            for (String camera : cameras) {
                server.addOnDemand(camera, "publish://");
                String key = server.get("/api/v1/cameras/" + camera).get("streamKey").asString();
                boolean byRtmp = publishers.urls.size() % 2 == 0;
                String url =
                        byRtmp
                                ? "rtmp://127.0.0.1:%d/live/%s?key=%s"
                                : "rtsp://127.0.0.1:%d/%s?key=%s";
                publishers.urls.add(url.formatted(byRtmp ? rtmpPort : rtspPort, camera, key));
                publishers.running.add(publishers.push(publishers.urls.size() - 1));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            publishers.close();
            throw e;
        }
        return publishers;
    }

    /// Breaks off and comes back at random until a little before then.
    void restart(RandomGenerator random, Instant until) throws IOException, InterruptedException {
        while (true) {
            var pause = Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MS));
            if (Instant.now().plus(pause).plus(AWAY).plus(REST).isAfter(until)) {
                return;
            }
            Thread.sleep(pause);
            int chosen = random.nextInt(running.size());
            running.get(chosen).close();
            Thread.sleep(AWAY);
            running.set(chosen, push(chosen));
        }
    }

    private Publisher push(int index) throws IOException {
        String url = urls.get(index);
        return url.startsWith("rtmp:") ? Publisher.rtmp(clip, url) : Publisher.rtsp(clip, url);
    }

    @Override
    public void close() {
        running.forEach(Publisher::close);
    }
}
