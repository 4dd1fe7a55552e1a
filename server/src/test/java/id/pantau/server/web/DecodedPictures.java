package id.pantau.server.web;

import id.pantau.vision.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/// The pictures of a clip, to recognise them bit by bit: what was encoded again is not among them.
record DecodedPictures(int pictureBytes, Set<Long> checksums) {
    static DecodedPictures of(Path clip, int widthPx, int heightPx, Path folder)
            throws IOException, InterruptedException {
        Path raw = folder.resolve(clip.getFileName() + ".yuv");
        FfmpegProgram.load()
                .require(
                        List.of(
                                "-v",
                                "error",
                                "-i",
                                clip.toString(),
                                "-map",
                                "0:v:0",
                                "-pix_fmt",
                                "yuv420p",
                                "-f",
                                "rawvideo",
                                raw.toString()),
                        Duration.ofSeconds(60));
        int pictureBytes = widthPx * heightPx * 3 / 2;
        return new DecodedPictures(pictureBytes, new HashSet<>(checksums(raw, pictureBytes)));
    }

    /// How many pictures of a file are not the clip's.
    ///
    /// @param raw planar 4:2:0, one after the other
    long strangersIn(Path raw) throws IOException {
        return checksums(raw, pictureBytes).stream()
                .filter(sum -> !checksums.contains(sum))
                .count();
    }

    private static List<Long> checksums(Path raw, int pictureBytes) throws IOException {
        var sums = new ArrayList<Long>();
        try (var file = Files.newInputStream(raw)) {
            for (byte[] picture = file.readNBytes(pictureBytes);
                    picture.length == pictureBytes;
                    picture = file.readNBytes(pictureBytes)) {
                var sum = new CRC32();
                sum.update(picture);
                sums.add(sum.getValue());
            }
        }
        return sums;
    }
}
