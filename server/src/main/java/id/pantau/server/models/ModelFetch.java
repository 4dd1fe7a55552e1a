package id.pantau.server.models;

import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.ModelChecksums;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongConsumer;

/// Fetches a file of the catalogue into a folder. It is put into place when it is whole and its
/// checksum is right, and not before; what came before a broken connection is kept for the next
/// try. Addresses come from the catalogue alone, and no redirection is followed: whoever answers
/// there sends the file or nothing. Stateless.
public final class ModelFetch {
    private static final String PART = ".part";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Set<String> schemes;

    private ModelFetch(Set<String> schemes) {
        this.schemes = schemes;
    }

    public static ModelFetch overHttps() {
        return new ModelFetch(Set.of("https"));
    }

    /// For a server on this machine that stands in for the real one.
    static ModelFetch forTests() {
        return new ModelFetch(Set.of("http"));
    }

    /// @param progress bytes there so far, of the model's size
    /// @return the file in that folder
    /// @throws IOException saying what went wrong; a good file of that name is as it was
    public Path fetch(CatalogueModel model, Path folder, LongConsumer progress) throws IOException {
        URI address = model.address();
        if (address == null || !schemes.contains(address.getScheme())) {
            throw new IOException("%s is not published anywhere".formatted(model.id()));
        }
        Path file = folder.resolve(model.file());
        if (Files.isRegularFile(file) && ModelChecksums.of(file).equals(model.sha256())) {
            progress.accept(model.sizeBytes());
            return file;
        }
        Files.createDirectories(folder);
        Path part = folder.resolve(model.file() + PART);
        receive(address, part, model.sizeBytes(), progress);
        String sum = ModelChecksums.of(part);
        if (!sum.equals(model.sha256())) {
            Files.delete(part);
            throw new IOException(
                    "%s sent another file than it should: its SHA-256 is %s, not %s"
                            .formatted(address.getHost(), sum, model.sha256()));
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    private static void receive(URI address, Path part, long sizeBytes, LongConsumer progress)
            throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        if (have > sizeBytes) {
            have = 0;
        }
        if (have == sizeBytes) {
            return; // whole before, and never compared
        }
        HttpURLConnection connection = open(address, have);
        try {
            boolean goesOn = answersFrom(connection, address, have);
            long start = goesOn ? have : 0;
            try (InputStream body = connection.getInputStream()) {
                copy(body, part, start, sizeBytes, address, progress);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection open(URI address, long from) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
        connection.setReadTimeout(Math.toIntExact(SILENCE.toMillis()));
        connection.setRequestProperty("User-Agent", "pantau");
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=%d-".formatted(from));
        }
        return connection;
    }

    /// @return false when all of the file comes again
    private static boolean answersFrom(HttpURLConnection connection, URI address, long from)
            throws IOException {
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_PARTIAL) {
            String range = String.valueOf(connection.getHeaderField("Content-Range"));
            if (from > 0 && range.startsWith("bytes %d-".formatted(from))) {
                return true;
            }
            throw new IOException(
                    "%s sent another part of the file than was asked for"
                            .formatted(address.getHost()));
        }
        if (status == HttpURLConnection.HTTP_OK) {
            return false;
        }
        if (status >= 300 && status < 400) {
            throw new IOException(
                    "%s sends us to another address, which is not followed (status %d)"
                            .formatted(address.getHost(), status));
        }
        throw new IOException(
                "%s does not have the file (status %d)".formatted(address.getHost(), status));
    }

    private static void copy(
            InputStream body,
            Path part,
            long start,
            long sizeBytes,
            URI address,
            LongConsumer progress)
            throws IOException {
        long have = start;
        StandardOpenOption how =
                start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (OutputStream file =
                Files.newOutputStream(
                        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] buffer = new byte[64 << 10];
            progress.accept(have);
            for (int count; (count = body.read(buffer)) >= 0; ) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("the server was stopped meanwhile");
                }
                if (have + count > sizeBytes) {
                    throw new IOException(
                            "%s sends more than the %d bytes of the file"
                                    .formatted(address.getHost(), sizeBytes));
                }
                file.write(buffer, 0, count);
                have += count;
                progress.accept(have);
            }
        }
        if (have < sizeBytes) {
            throw new IOException(
                    "the connection ended after %d of %d bytes; another try goes on from there"
                            .formatted(have, sizeBytes));
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
