package id.pantau.server.vision;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.pantau.media.tls.CertificateAuthority;
import id.pantau.media.tls.CertificateAuthority.Issued;
import id.pantau.media.tls.CertificateAuthority.Purpose;
import id.pantau.vision.worker.WorkerIdentity;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who may come as a worker: an authority that signs their keys, and a list, without which a
/// signature is worth nothing. Both lie in one folder of the home that its user alone may enter:
/// `authority.pem`, and `NAME.worker` for each. The key itself is shown once and not kept.
/// Thread-safe.
final class WorkerRegistry {
    private static final String AUTHORITY = "authority.pem";
    private static final String ENDING = ".worker";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final Clock clock;
    private final CertificateAuthority authority;
    private final Map<String, KnownWorker> known = new ConcurrentHashMap<>();

    private WorkerRegistry(Path folder, Clock clock, CertificateAuthority authority) {
        this.folder = folder;
        this.clock = clock;
        this.authority = authority;
    }

    /// Makes the authority where there is none.
    ///
    /// @throws WorkersException STORAGE, saying which file
    static WorkerRegistry open(Path folder, Clock clock) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, PRIVATE_FOLDER);
            }
            Path file = folder.resolve(AUTHORITY);
            if (!Files.exists(file)) {
                var made = CertificateAuthority.make("Pantau workers", clock.instant());
                write(file, identity(made).pem());
            }
            WorkerIdentity read = WorkerIdentity.read(Files.readString(file));
            var registry =
                    new WorkerRegistry(
                            folder,
                            clock,
                            new CertificateAuthority(read.key(), read.certificate()));
            registry.readAll();
            return registry;
        } catch (IOException e) {
            throw new WorkersException(
                    WorkersException.Reason.STORAGE,
                    "The workers' keys in %s cannot be read or made (%s); restore the folder, or move it away: then every worker has to be added again"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    /// An authority vouches for itself.
    private static WorkerIdentity identity(CertificateAuthority authority) {
        return new WorkerIdentity(
                authority.key(), authority.certificate(), authority.certificate());
    }

    /// What the server shows to workers: new with each start, and good because it is signed.
    WorkerIdentity server() {
        Issued issued = authority.issue("Pantau server", Purpose.SERVER, clock.instant());
        return new WorkerIdentity(issued.key(), issued.certificate(), authority.certificate());
    }

    /// By name.
    List<KnownWorker> list() {
        return known.values().stream().sorted(Comparator.comparing(KnownWorker::name)).toList();
    }

    /// @param name of its certificate, whose signature was checked
    Optional<KnownWorker> find(String name, X509Certificate certificate) {
        return Optional.ofNullable(known.get(name))
                .filter(one -> one.fingerprint().equals(fingerprint(certificate)));
    }

    /// @return its key, for the one time that it is known
    /// @throws WorkersException NAME_INVALID, NAME_TAKEN, CAPACITY_INVALID, STORAGE
    synchronized WorkerIdentity add(String name, int capacity) {
        KnownWorker.check(name, capacity);
        if (known.containsKey(name)) {
            throw new WorkersException(
                    WorkersException.Reason.NAME_TAKEN,
                    "There is a worker \"%s\" already; remove it to give it a new key."
                            .formatted(name));
        }
        Issued issued = authority.issue(name, Purpose.CLIENT, clock.instant());
        var worker =
                new KnownWorker(
                        name, capacity, fingerprint(issued.certificate()), clock.instant(), null);
        try {
            write(file(name), text(worker));
        } catch (IOException e) {
            throw storage(e);
        }
        known.put(name, worker);
        return new WorkerIdentity(issued.key(), issued.certificate(), authority.certificate());
    }

    /// From now on its key opens nothing.
    ///
    /// @throws WorkersException NOT_FOUND, STORAGE
    synchronized void remove(String name) {
        if (!known.containsKey(name)) {
            throw new WorkersException(
                    WorkersException.Reason.NOT_FOUND,
                    "There is no worker \"%s\".".formatted(name));
        }
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw storage(e);
        }
        known.remove(name);
    }

    /// It is connected. The first time is kept: who never came is not missed.
    ///
    /// @throws WorkersException STORAGE
    synchronized void came(String name) {
        KnownWorker worker = known.get(name);
        if (worker == null || worker.cameAt() != null) {
            return;
        }
        KnownWorker come = worker.came(clock.instant());
        known.put(name, come);
        try {
            write(file(name), text(come));
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    private static WorkersException storage(IOException e) {
        return new WorkersException(
                WorkersException.Reason.STORAGE,
                "The home cannot be written: " + e.getMessage(),
                e);
    }

    private void readAll() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                KnownWorker worker = read(file);
                known.put(worker.name(), worker);
            }
        }
    }

    private static String text(KnownWorker worker) {
        String always =
                """
                capacity=%d
                fingerprint=%s
                addedAt=%s
                """
                        .formatted(worker.capacity(), worker.fingerprint(), worker.addedAt());
        Instant cameAt = worker.cameAt();
        return cameAt == null ? always : always + "cameAt=%s%n".formatted(cameAt);
    }

    private static KnownWorker read(Path file) throws IOException {
        var values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file, UTF_8)));
            String name = file.getFileName().toString();
            String cameAt = values.getProperty("cameAt");
            var worker =
                    new KnownWorker(
                            name.substring(0, name.length() - ENDING.length()),
                            Integer.parseInt(values.getProperty("capacity", "")),
                            values.getProperty("fingerprint", ""),
                            Instant.parse(values.getProperty("addedAt", "")),
                            cameAt == null ? null : Instant.parse(cameAt));
            KnownWorker.check(worker.name(), worker.capacity());
            return worker;
        } catch (NumberFormatException | DateTimeException | WorkersException e) {
            throw new IOException("%s is damaged; remove it".formatted(file), e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), "new", ".tmp", PRIVATE);
        try {
            Files.writeString(fresh, text, UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate has an encoding", e);
        }
    }
}
