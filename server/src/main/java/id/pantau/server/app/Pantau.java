package id.pantau.server.app;

import java.util.concurrent.CountDownLatch;

/// The program's entry.
public final class Pantau {
    private Pantau() {}

    public static void main(String[] args) throws InterruptedException {
        Server server = Server.start(SettingsLoader.load(null, System.getenv()));
        System.out.println("Pantau is ready: " + server.address());
        server.setupLink().ifPresent(link -> System.out.println("Set it up: " + link));
        new CountDownLatch(1).await();
    }
}
