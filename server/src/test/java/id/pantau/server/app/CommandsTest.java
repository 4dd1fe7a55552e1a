package id.pantau.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.settings.Home;
import id.pantau.server.settings.HomeLock;
import id.pantau.vision.detect.TinyModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line, in this process: what it says and its exit codes.
class CommandsTest {
    private record Result(int code, String out, String err) {}

    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "fsck",
                "doctor",
                "simulate",
                "analyse",
                "models",
                "models list",
                "models pull",
                "models import",
                "user",
                "user list",
                "user add",
                "user passwd",
                "volume",
                "volume create",
                "version"
            })
    void everyCommandExplainsItself(String command) {
        Result result = run((command + " --help").split(" "));

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: pantau " + command);
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithAHint() {
        Result result = run("ump");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("ump");
    }

    @Test
    void aCameraThatCannotBePlayedIsNoUsageError() {
        assertThat(run("doctor", "http://192.0.2.1/").code()).isEqualTo(ExitCode.UNPLAYABLE);
        assertThat(run("doctor", "rtsp://127.0.0.1:1/").code()).isEqualTo(ExitCode.UNPLAYABLE);
        assertThat(run("doctor").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("doctor", "rtsp://h/", "--speed").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everyExitCodeIsDocumented() throws IOException {
        String documented =
                Files.readString(
                        Path.of(System.getProperty("pantau.root", ".."), "docs", "reference")
                                .resolve("commands.md"));
        String help = run("--help").out();
        for (int code = ExitCode.OK; code <= ExitCode.UNPLAYABLE; code++) {
            assertThat(documented).contains("\n| %d |".formatted(code));
            assertThat(help).containsPattern("\n +%d +[a-z]".formatted(code));
        }
    }

    @Test
    void aModelIsBroughtAndListedAndABadOneRefused() throws IOException {
        Path file = home.resolve("mine.onnx");
        new TinyModel(1, 3, 64, 64).output("output0", new float[6 * 9], 1, 6, 9).write(file);
        Path descriptor = home.resolve("other.json");
        Files.writeString(descriptor, "{\"family\": \"yolov8\", \"labels\": [\"car\", \"bus\"]}");

        Result bare = run("models", "import", "--home", home.toString(), file.toString());
        assertThat(bare.code()).isEqualTo(ExitCode.FAILED);
        assertThat(bare.err()).contains("put a descriptor mine.json beside it");
        Result none = run("models", "list", "--home", home.toString());
        assertThat(none.out()).contains("yolox-nano").contains("motion alone");

        Result brought =
                run(
                        "models",
                        "import",
                        "--home",
                        home.toString(),
                        "--descriptor",
                        descriptor.toString(),
                        file.toString());
        assertThat(brought.err()).isEmpty();
        assertThat(brought.out()).contains("imported mine");
        Result listed = run("models", "list", "--home", home.toString());
        assertThat(listed.code()).isZero();
        assertThat(listed.out())
                .containsPattern("\\* mine +here .* 64x64 +yolov8 +objects \\(2 classes\\)")
                .doesNotContain("motion alone");

        Result unknown = run("models", "pull", "--home", home.toString(), "http://192.0.2.1/x");
        assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err()).contains("There is no model \"http://192.0.2.1/x\"");
        Result missing = run("models", "import", "--home", home.toString(), "missing.onnx");
        assertThat(missing.err()).contains("missing.onnx is not there");
    }

    @Test
    void aUserIsAddedAndGetsAnotherPasswordWhileTheServerIsDown() throws IOException {
        assertThat(
                        typing("a good password 1", "user", "add", "ani", "--home", home.toString())
                                .out())
                .contains("added ani");
        assertThat(
                        typing(
                                        "a better password 2",
                                        "user",
                                        "passwd",
                                        "ani",
                                        "--home",
                                        home.toString())
                                .code())
                .isZero();
    }

    @Test
    void usersAreListedWithWhatTheyMaySee() throws IOException {
        String[] add = {"user", "add", "ani", "--cameras", "yard,gate", "--home", home.toString()};
        assertThat(typing("a good password 1", add).code()).isZero();

        assertThat(run("user", "list", "--home", home.toString()).out())
                .containsPattern("ani +operator +gate,yard\n");
    }

    @Test
    void anEmptyHomeAndRecordingsThatAreNotMountedAreOneSentence() {
        Result none = run("fsck", "--home", home.resolve("typo").toString());
        Result rebuild = run("fsck", "--rebuild", "--home", home.toString());

        assertThat(none.code()).isEqualTo(ExitCode.FAILED);
        assertThat(none.err())
                .isEqualTo(
                        "pantau: the home %s is empty; name another with --home%n"
                                .formatted(home.resolve("typo")));
        assertThat(rebuild.code()).isEqualTo(ExitCode.FAILED);
        assertThat(rebuild.err()).contains("is not a volume").hasLineCount(1);
    }

    @Test
    void theVersionIsAnOptionToo() {
        assertThat(run("--version").out()).contains("Pantau").contains("Java");
    }

    @Test
    void whatIsWrongWithAUserIsOneSentence() throws IOException {
        Result weak = typing("short", "user", "add", "ani", "--home", home.toString());
        Result unknown =
                typing("a good password 1", "user", "passwd", "ghost", "--home", home.toString());
        Result role =
                typing(
                        "a good password 1",
                        "user",
                        "add",
                        "ani",
                        "--role",
                        "king",
                        "--home",
                        home.toString());

        assertThat(weak.code()).isEqualTo(ExitCode.FAILED);
        assertThat(weak.err())
                .isEqualTo("pantau: the password is too short: take at least 10 characters\n");
        assertThat(unknown.err()).isEqualTo("pantau: there is no user \"ghost\"\n");
        assertThat(role.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aDirectoryBecomesAVolumeOnce(@TempDir Path disk) {
        Result first = run("volume", "create", disk.toString());
        Result second = run("volume", "create", disk.toString());

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).startsWith(disk + " is volume ").contains("MiB free on");
        assertThat(second.code()).isEqualTo(ExitCode.FAILED);
        assertThat(second.err()).contains("no volume was created").contains(".pantau-volume");
    }

    @Test
    void twoServersCannotShareAHomeAndNeitherCanFsck() throws IOException {
        try (HomeLock _ = HomeLock.tryAcquire(Home.at(home)).orElseThrow()) {
            for (String command : new String[] {"up", "fsck"}) {
                Result result = run(command, "--home", home.toString());
                assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.IN_USE);
                assertThat(result.err()).contains("another server uses the home " + home);
            }
        }
        assertThat(HomeLock.tryAcquire(Home.at(home))).isPresent();
    }

    private static Result typing(String line, String... arguments) throws IOException {
        InputStream before = System.in;
        try (InputStream typed =
                new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8))) {
            System.setIn(typed);
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                Pantau.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                        .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
