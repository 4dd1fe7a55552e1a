package id.pantau.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import tools.jackson.databind.JsonNode;

/// No sample is passed over: what the manifests list, some test has read, its expectation too.
@Tag("samples")
@Order(Integer.MAX_VALUE)
class SampleAuditTest {
    private static final Set<String> FOLDERS = Set.of("rtsp", "rtp-bitstreams", "mp4", "rtmp");
    private static final Set<String> ABOUT_THE_FOLDER = Set.of("MANIFEST.jsonl", "README.md");

    @Test
    void everySampleOfTheManifestsIsReadByATest() throws IOException {
        Set<String> listed = listed();
        if (!Samples.read().containsAll(listed)) { // run alone, or before the others
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectPackage("id.pantau.media"))
                                    .filters(
                                            includeTags("samples"),
                                            excludeClassNamePatterns(".*SampleAuditTest"))
                                    .build());
        }
        Set<String> unread = new TreeSet<>(listed);
        unread.removeAll(Samples.read());
        assertThat(unread).as("samples no test has read").isEmpty();
    }

    @Test
    void theManifestsListEveryFile() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String name : FOLDERS) {
            Path folder = Samples.folder(name);
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                        .filter(file -> !ABOUT_THE_FOLDER.contains(file))
                        .forEach(file -> found.add(name + '/' + file));
            }
        }
        assertThat(listed()).containsExactlyInAnyOrderElementsOf(found);
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String name : FOLDERS) {
            for (JsonNode entry :
                    Samples.jsonLines(Samples.folder(name).resolve("MANIFEST.jsonl"))) {
                listed.add(name + '/' + entry.get("file").asString());
                if (entry.hasNonNull("expected")) {
                    listed.add(name + '/' + entry.get("expected").asString());
                }
            }
        }
        return listed;
    }
}
