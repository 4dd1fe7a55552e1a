package id.pantau.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plays live HLS (RFC 8216) by fetching and counting: whole segments by asking again and again, or
/// parts by blocking reloads (LL-HLS, RFC 8216bis §6.2.5.2). Used by one thread.
final class HlsPlayer implements AutoCloseable {
    private static final Pattern PART = Pattern.compile("#EXT-X-PART:.*URI=\"([^\"]+)\"");
    private static final Pattern SEGMENT = Pattern.compile("^([^#\\s].*)$", Pattern.MULTILINE);
    private static final Pattern MAP = Pattern.compile("#EXT-X-MAP:URI=\"([^\"]+)\"");
    private static final Pattern HINT =
            Pattern.compile("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"part-(\\d+)-(\\d+)\\.m4s\"");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration RELOAD_EVERY = Duration.ofSeconds(1);

    private final URI playlist;
    private final String token;
    private final boolean lowLatency;
    private final HttpClient http = HttpClient.newHttpClient();

    HlsPlayer(URI playlist, String token, boolean lowLatency) {
        this.playlist = playlist;
        this.token = token;
        this.lowLatency = lowLatency;
    }

    /// Until it is interrupted. Begins with the newest media.
    void play(LongAdder bytes) throws IOException, InterruptedException {
        String text = new String(fetch(playlist));
        bytes.add(fetch(playlist.resolve(first(MAP, text).group(1))).length);
        List<String> known = names(text);
        String newest = known.size() < 2 ? "" : known.get(known.size() - 2);
        while (true) {
            List<String> names = names(text);
            for (String name : names.subList(names.indexOf(newest) + 1, names.size())) {
                bytes.add(fetch(playlist.resolve(name)).length);
                newest = name;
            }
            if (lowLatency) {
                MatchResult next = first(HINT, text);
                String query = "?_HLS_msn=%s&_HLS_part=%s".formatted(next.group(1), next.group(2));
                text = new String(fetch(URI.create(playlist + query)));
            } else {
                Thread.sleep(RELOAD_EVERY);
                text = new String(fetch(playlist));
            }
        }
    }

    private List<String> names(String text) {
        return (lowLatency ? PART : SEGMENT)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static MatchResult first(Pattern pattern, String text) throws IOException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("a playlist without " + pattern);
        }
        return found;
    }

    private byte[] fetch(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("%s answered %d".formatted(uri.getPath(), answer.statusCode()));
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
