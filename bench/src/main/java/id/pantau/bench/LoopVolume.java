package id.pantau.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real file system (ext4) in a file, mounted through a loop device: needs root and Linux. Every
/// mishap that a disk can have happens to it when told.
final class LoopVolume implements AutoCloseable {
    private final Path image;
    private final Path mountPoint;

    private LoopVolume(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /// Makes the file system and mounts it.
    ///
    /// @throws IOException when this machine does not let us; the message says why
    static LoopVolume create(Path image, Path mountPoint, long bytes)
            throws IOException, InterruptedException {
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        run("mkfs.ext4", "-q", "-m", "0", "-F", image.toString());
        Files.createDirectories(mountPoint);
        var volume = new LoopVolume(image, mountPoint);
        volume.mount();
        return volume;
    }

    Path path() {
        return mountPoint;
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(mountPoint).getUsableSpace();
    }

    long totalBytes() throws IOException {
        return Files.getFileStore(mountPoint).getTotalSpace();
    }

    /// Any number of volumes may lie above each other at one mount point.
    void mount() throws IOException, InterruptedException {
        run("mount", "-o", "loop,errors=remount-ro", image.toString(), mountPoint.toString());
    }

    /// It is gone at once, for everybody who opens anything.
    void pullOut() throws IOException, InterruptedException {
        run("umount", "-l", mountPoint.toString());
    }

    /// As after a bad block: the kernel makes it read-only.
    void turnReadOnly() throws IOException, InterruptedException {
        Path trigger =
                Path.of("/sys/fs/ext4")
                        .resolve(Path.of(device()).getFileName())
                        .resolve("trigger_fs_error");
        Files.writeString(trigger, "bench\n");
    }

    /// What an operator does then: unmount, check, mount.
    void repair() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                run("umount", mountPoint.toString());
                break;
            } catch (IOException e) {
                if (attempt == 20) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(250); // somebody looks at it just now
            }
        }
        run("e2fsck", "-p", "-f", image.toString());
        mount();
    }

    private String device() throws IOException, InterruptedException {
        return run("findmnt", "-n", "-o", "SOURCE", mountPoint.toString()).strip();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        boolean corrected = command[0].equals("e2fsck") && status == 1;
        if (status != 0 && !corrected) {
            throw new IOException("%s: %s".formatted(Arrays.toString(command), said.strip()));
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", mountPoint.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
