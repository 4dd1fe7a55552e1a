package id.pantau.server.app;

import org.springframework.boot.SpringApplication;

/// The program's entry.
public final class Pantau {
    private Pantau() {}

    public static void main(String[] args) {
        SpringApplication.run(PantauApplication.class, args);
    }
}
