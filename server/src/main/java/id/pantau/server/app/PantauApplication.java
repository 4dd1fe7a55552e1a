package id.pantau.server.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/// The Spring context of the whole server. The database is wired by hand (`server.database`), as
/// are users, so the automatic ones are left out.
@SpringBootApplication(
        scanBasePackages = "id.pantau.server",
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
class PantauApplication {}
