package id.pantau.server.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import id.pantau.vision.worker.WorkerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerRegistryTest {
    @TempDir Path home;
    private Path folder;

    @BeforeEach
    void begin() {
        folder = home.resolve("workers");
    }

    private WorkerRegistry open() {
        return WorkerRegistry.open(folder, Clock.systemUTC());
    }

    @Test
    void aKeyIsGoodAlsoAfterARestartUntilItsWorkerIsRemoved() throws IOException {
        String pem = open().add("gudang", 6).pem();
        WorkerIdentity key = WorkerIdentity.read(pem);

        WorkerRegistry again = open();
        assertThat(again.find(key.name(), key.certificate()))
                .hasValueSatisfying(worker -> {
                    assertThat(worker.name()).isEqualTo("gudang");
                    assertThat(worker.capacity()).isEqualTo(6);
                });

        again.remove("gudang");
        assertThat(again.find("gudang", key.certificate())).isEmpty();
        assertThat(open().find("gudang", key.certificate())).isEmpty();
    }

    @Test
    void aNewKeyOfTheSameNameMakesTheOldOneWorthless() {
        WorkerRegistry registry = open();
        WorkerIdentity old = registry.add("gudang", 6);
        registry.remove("gudang");
        WorkerIdentity fresh = registry.add("gudang", 6);
        assertThat(registry.find("gudang", old.certificate())).isEmpty();
        assertThat(registry.find("gudang", fresh.certificate())).isPresent();
    }

    @Test
    void whoCameOnceIsKnownToHaveComeAlsoAfterARestartAndANewKeyHasNot() {
        WorkerRegistry registry = open();
        registry.add("gudang", 6);
        assertThat(open().list().getFirst().cameAt()).isNull();

        registry.came("gudang");
        KnownWorker come = registry.list().getFirst();
        assertThat(come.cameAt()).isNotNull();
        registry.came("gudang");
        registry.came("nobody");
        assertThat(open().list()).containsExactly(come);

        registry.remove("gudang");
        registry.add("gudang", 6);
        assertThat(open().list().getFirst().cameAt()).isNull();
    }

    @Test
    void nobodyElseOnTheMachineMayReadIt() throws IOException {
        open().add("gudang", 6);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            assertThat(all)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("authority.pem", "gudang.worker");
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(Files.readString(folder.resolve("gudang.worker"))).doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @CsvSource({
        "Gudang, 4, NAME_INVALID",
        "../x, 4, NAME_INVALID",
        "'', 4, NAME_INVALID",
        "gudang, 0, CAPACITY_INVALID",
        "gudang, 257, CAPACITY_INVALID",
        "taken, 4, NAME_TAKEN",
    })
    void whatCannotBeIsRefused(String name, int capacity, WorkersException.Reason reason) {
        WorkerRegistry registry = open();
        registry.add("taken", 1);
        assertThatExceptionOfType(WorkersException.class)
                .isThrownBy(() -> registry.add(name, capacity))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(registry.list()).hasSize(1);
    }

    @Test
    void aDamagedAuthorityIsSaidAndLeftAsItIs() throws IOException {
        open();
        Path authority = folder.resolve("authority.pem");
        Files.writeString(authority, "not a key");
        assertThatExceptionOfType(WorkersException.class)
                .isThrownBy(this::open)
                .withMessageContaining("workers")
                .withMessageContaining("private key");
        assertThat(authority).hasContent("not a key");
    }
}
