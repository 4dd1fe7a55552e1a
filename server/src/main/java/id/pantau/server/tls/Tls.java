package id.pantau.server.tls;

import id.pantau.media.hub.Sleeper;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.Alarms;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS of every door of the server, from one certificate. A virtual thread looks at the files: a
/// new certificate counts for connections that begin from then on, and those that run go on with
/// the old one. Files that cannot be used leave the old one in place and raise an alarm.
/// Thread-safe.
///
/// An expired certificate is an alarm and no reason not to start: an NVR has to record.
public final class Tls implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofDays(30);

    /// Certificate and key are replaced one after the other, and do not belong together between.
    private static final int FAILURES_TO_ALARM = 2;

    private static final String ALARM = "certificate";
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private record InUse(ServerCertificate certificate, SSLContext context) {}

    private record Trouble(String cause, String detail) {}

    private final TlsSettings settings;
    private final Alarms alarms;
    private final Clock clock;
    private final Sleeper sleeper;
    private final List<Consumer<SSLContext>> listeners = new CopyOnWriteArrayList<>();
    private final @Nullable Thread watching; // null without TLS
    private volatile @Nullable InUse inUse; // null without TLS
    private int failures; // of the last looks, in a row

    private Tls(
            TlsSettings settings,
            Alarms alarms,
            Clock clock,
            Sleeper sleeper,
            @Nullable InUse first) {
        this.settings = settings;
        this.alarms = alarms;
        this.clock = clock;
        this.sleeper = sleeper;
        this.inUse = first;
        this.watching =
                first == null
                        ? null
                        : Thread.ofVirtual().name("certificate-watch").unstarted(this::watch);
    }

    /// Reads the certificate, makes it where that is wanted, and watches it until it is closed.
    ///
    /// @throws UnusableCertificateException saying which file, why, and what to do
    public static Tls open(TlsSettings settings, Alarms alarms, Clock clock, Sleeper sleeper)
            throws UnusableCertificateException {
        InUse first = settings.isOn() ? use(read(settings, clock)) : null;
        var tls = new Tls(settings, alarms, clock, sleeper, first);
        if (tls.watching != null) {
            tls.watching.start();
        }
        return tls;
    }

    public boolean isOn() {
        return inUse != null;
    }

    /// Empty without TLS.
    public Optional<ServerCertificate> certificate() {
        return Optional.ofNullable(inUse).map(InUse::certificate);
    }

    /// With the certificate in use now; ask anew for every connection.
    public SSLContext context() {
        InUse now = inUse;
        if (now == null) {
            throw new IllegalStateException("TLS is off");
        }
        return now.context();
    }

    /// From now on the listener is given the context of every new certificate, on the watching
    /// thread.
    public void listen(Consumer<SSLContext> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        if (watching != null) {
            watching.interrupt();
            try {
                watching.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watch() {
        try {
            while (true) {
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.warn("cannot look at the certificate", e);
                }
                sleeper.sleep(EVERY);
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    private void look() {
        InUse before = inUse;
        if (before == null) {
            return;
        }
        Optional<Trouble> trouble = Optional.empty();
        try {
            ServerCertificate found = read(settings, clock);
            failures = 0;
            if (!found.equals(before.certificate())) {
                InUse next = use(found);
                inUse = next;
                listeners.forEach(listener -> listener.accept(next.context()));
                LOG.info("a new certificate is in use: {}", found);
            }
            trouble = validity(found, clock.instant());
        } catch (UnusableCertificateException e) {
            failures++;
            if (failures < FAILURES_TO_ALARM) {
                return;
            }
            trouble = Optional.of(new Trouble("UNUSABLE", String.valueOf(e.getMessage())));
        }
        trouble.ifPresentOrElse(
                found ->
                        alarms.raise(
                                ALARM,
                                Alarm.Kind.CERTIFICATE,
                                file().toString(),
                                found.cause(),
                                found.detail()),
                () -> alarms.clear(ALARM));
    }

    private Optional<Trouble> validity(ServerCertificate certificate, Instant now) {
        Instant until = certificate.validUntil();
        if (now.isBefore(certificate.validFrom())) {
            return Optional.of(
                    new Trouble(
                            "NOT_YET_VALID",
                            "the certificate in %s is valid from %s on only; check the server's clock"
                                    .formatted(file(), certificate.validFrom())));
        }
        if (!now.isBefore(until)) {
            return Optional.of(
                    new Trouble(
                            "EXPIRED",
                            "the certificate in %s expired at %s; %s"
                                    .formatted(file(), until, renewal())));
        }
        if (!now.isBefore(until.minus(SOON))) {
            return Optional.of(
                    new Trouble(
                            "EXPIRES_SOON",
                            "the certificate in %s expires at %s; %s"
                                    .formatted(file(), until, renewal())));
        }
        return Optional.empty();
    }

    private Path file() {
        return switch (settings) {
            case TlsSettings.SelfSigned(Path file, _) -> file;
            case TlsSettings.OwnFiles(Path certificate, _) -> certificate;
            case TlsSettings.Off _ -> throw new IllegalStateException("TLS is off");
        };
    }

    private String renewal() {
        return switch (settings) {
            case TlsSettings.SelfSigned(Path file, _) ->
                    "remove %s, and a new one is made within seconds, with another fingerprint"
                            .formatted(file);
            case TlsSettings.OwnFiles _ ->
                    "renew it and replace the files: they are read again at once, without a restart";
            case TlsSettings.Off _ -> throw new IllegalStateException("TLS is off");
        };
    }

    private static ServerCertificate read(TlsSettings settings, Clock clock)
            throws UnusableCertificateException {
        return switch (settings) {
            case TlsSettings.SelfSigned(Path file, var hosts) ->
                    SelfSignedFile.open(file, hosts, clock.instant());
            case TlsSettings.OwnFiles(Path certificate, Path key) ->
                    PemFiles.read(certificate, key);
            case TlsSettings.Off _ -> throw new IllegalStateException("TLS is off");
        };
    }

    private static InUse use(ServerCertificate certificate) throws UnusableCertificateException {
        try {
            return new InUse(certificate, certificate.context());
        } catch (GeneralSecurityException e) {
            throw new UnusableCertificateException(
                    "the certificate %s cannot be used for TLS: %s"
                            .formatted(certificate, e.getMessage()));
        }
    }
}
