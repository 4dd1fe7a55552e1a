package id.pantau.server.app;

import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import id.pantau.server.identity.Setup;
import id.pantau.server.settings.HomeLock;
import id.pantau.server.tls.ServerCertificate;
import id.pantau.server.tls.Tls;
import id.pantau.server.web.HttpsDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// A running server. Starting returns when it serves; `close()` ends it and waits.
public final class Server implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HomeLock lock;

    private Server(ConfigurableApplicationContext context, HomeLock lock) {
        this.context = context;
        this.lock = lock;
    }

    /// @throws HomeInUseException when another process works in the home
    /// @throws RuntimeException Spring's, when it cannot start; the message says why
    public static Server start(Settings settings) {
        return start(settings, _ -> {});
    }

    /// @param before what a test puts into the context in place of the real thing
    static Server start(Settings settings, Consumer<GenericApplicationContext> before) {
        HomeLock lock = acquire(settings);
        try {
            return start(settings, lock, before);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static Server start(
            Settings settings, HomeLock lock, Consumer<GenericApplicationContext> before) {
        var application = new SpringApplication(PantauApplication.class);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(
                context -> register((GenericApplicationContext) context, settings));
        application.addInitializers(context -> before.accept((GenericApplicationContext) context));
        return new Server(application.run(), lock);
    }

    public int port() {
        return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /// Where players find the RTSP server; the port really taken.
    public int rtspPort() {
        return bean(StreamServers.class).rtspPort();
    }

    /// Where players and encoders find the RTMP server; the port really taken.
    public int rtmpPort() {
        return bean(StreamServers.class).rtmpPort();
    }

    /// Where a browser on this machine finds the server.
    public String address() {
        return "http://localhost:" + port();
    }

    /// The same inside TLS; empty without TLS.
    public Optional<String> secureAddress() {
        OptionalInt port = bean(HttpsDoor.class).port();
        return port.isPresent()
                ? Optional.of("https://localhost:" + port.getAsInt())
                : Optional.empty();
    }

    /// What clients see inside TLS; empty without TLS.
    public Optional<ServerCertificate> certificate() {
        return bean(Tls.class).certificate();
    }

    /// Where players find RTSP inside TLS; empty without TLS.
    public OptionalInt rtspsPort() {
        return bean(StreamServers.class).rtspsPort();
    }

    /// Where players and encoders find RTMP inside TLS; empty without TLS.
    public OptionalInt rtmpsPort() {
        return bean(StreamServers.class).rtmpsPort();
    }

    /// The link that creates the first administrator; empty when there is one.
    public Optional<String> setupLink() {
        Setup setup = bean(Setup.class);
        return setup.needed()
                ? Optional.of(address() + "/setup?token=" + setup.token())
                : Optional.empty();
    }

    /// The one object of this type.
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
        release(lock);
    }

    private static HomeLock acquire(Settings settings) {
        try {
            return HomeLock.tryAcquire(settings.home())
                    .orElseThrow(() -> new HomeInUseException(settings.home()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the home " + settings.home().path() + " cannot be written", e);
        }
    }

    private static void release(HomeLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createAdministrator(BeanFactory beans, @Nullable String password) {
        Accounts accounts = beans.getBean(Accounts.class);
        if (password != null && !accounts.hasAdministrator()) {
            accounts.add(
                    "admin", password, Role.ADMINISTRATOR, new CameraRights.All(), Language.ID);
        }
    }

    private static void register(GenericApplicationContext context, Settings settings) {
        for (Object bean : settings.beans()) {
            context.getBeanFactory().registerSingleton(bean.getClass().getName(), bean);
        }
        // Before the web server starts: who finds it ready can sign in.
        context.registerBean(
                "firstAdministrator",
                SmartInitializingSingleton.class,
                () -> () -> createAdministrator(context, settings.adminPassword()));
    }

    private static Map<String, Object> properties(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("pantau.version", VersionCommand.version());
        properties.put("server.port", settings.http().port());
        properties.put("server.address", settings.http().address());
        properties.put(
                "server.forward-headers-strategy",
                settings.http().behindProxy() ? "native" : "none");
        return properties;
    }
}
