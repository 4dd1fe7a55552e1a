package id.pantau.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/// The borders between the domains of the server.
class ModulesTest {
    /// What each package may call, besides `media` (and `vision`). A new package needs a row.
    private static final Map<String, List<String>> MAY_CALL =
            Map.ofEntries(
                    Map.entry("database", List.of()),
                    Map.entry("settings", List.of("database")),
                    Map.entry("identity", List.of("database")),
                    Map.entry("health", List.of("database")),
                    Map.entry("tls", List.of("health")),
                    Map.entry("onvif", List.of()),
                    Map.entry("models", List.of()),
                    Map.entry("camera", List.of("database", "settings", "onvif")),
                    Map.entry("live", List.of("camera", "settings", "identity")),
                    Map.entry("talk", List.of("camera")),
                    Map.entry("recording", List.of("database", "camera", "settings")),
                    Map.entry("playback", List.of("recording", "camera")),
                    Map.entry("relay", List.of("database", "camera", "live", "health")),
                    Map.entry("vision", List.of("camera", "health")),
                    Map.entry("event", List.of("database", "camera", "vision")),
                    Map.entry("journal", List.of("event", "recording", "health")),
                    Map.entry(
                            "web",
                            List.of(
                                    "database",
                                    "settings",
                                    "identity",
                                    "health",
                                    "tls",
                                    "onvif",
                                    "camera",
                                    "live",
                                    "talk",
                                    "models",
                                    "recording",
                                    "playback",
                                    "relay",
                                    "vision",
                                    "event")));

    /// Where a package's own name stands in `id.pantau.server.NAME`.
    private static final int DEPTH = 3;

    private static final JavaClasses SERVER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("id.pantau.server");

    @Test
    void everyPackageIsAModuleWithoutCyclesAndWithoutPeeping() {
        ApplicationModules.of("id.pantau.server").verify();
    }

    @Test
    void everyPackageHasItsRow() {
        Set<String> found =
                SERVER.stream()
                        .map(one -> one.getPackageName().split("\\.", -1))
                        .filter(parts -> parts.length > DEPTH)
                        .map(parts -> parts[DEPTH])
                        .collect(Collectors.toSet());
        assertThat(packages()).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void arrowsPointOneWay() {
        for (Entry<String, List<String>> row : MAY_CALL.entrySet()) {
            String[] forbidden =
                    packages()
                            .filter(other ->
                                    !other.equals(row.getKey()) && !row.getValue().contains(other))
                            .map(other -> "id.pantau.server." + other + "..")
                            .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("id.pantau.server." + row.getKey() + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .allowEmptyShould(true)
                    .because(row.getKey() + " may call " + row.getValue() + " only")
                    .check(SERVER);
        }
    }

    @Test
    void springStaysAtTheEdge() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "id.pantau.server.camera..",
                        "id.pantau.server.onvif..",
                        "id.pantau.server.live..",
                        "id.pantau.server.talk..",
                        "id.pantau.server.models..",
                        "id.pantau.server.recording..",
                        "id.pantau.server.playback..",
                        "id.pantau.server.relay..",
                        "id.pantau.server.vision..",
                        "id.pantau.server.event..",
                        "id.pantau.server.journal..",
                        "id.pantau.server.settings..",
                        "id.pantau.server.health..",
                        "id.pantau.server.tls..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.boot..",
                        "org.springframework.web..",
                        "org.springframework.context..",
                        "org.springframework.beans..",
                        "org.springframework.stereotype..")
                .allowEmptyShould(true)
                .check(SERVER);
    }

    private static Stream<String> packages() {
        return Stream.concat(MAY_CALL.keySet().stream(), Stream.of("app"));
    }
}
