package id.pantau.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
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
                                    "playback")));

    private static final JavaClasses SERVER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("id.pantau.server");

    @Test
    void everyPackageIsAModuleWithoutCyclesAndWithoutPeeping() {
        ApplicationModules.of("id.pantau.server").verify();
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
