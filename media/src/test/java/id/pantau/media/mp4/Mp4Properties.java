package id.pantau.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What must hold for any bytes in a file.
final class Mp4Properties {
    private Mp4Properties() {}

    /// Reads everything in a file in every way; only the declared exception may come out.
    ///
    /// @return whether it could be read at all
    static boolean survives(byte[] input, Path file) throws IOException {
        boolean read = false;
        try {
            var channel = new MemoryChannel(input);
            RecordedFile recorded = RecordedFile.read(channel);
            read = true;
            // what parses is written and parses to the same
            var again = InitSegment.of(recorded.format(), recorded.note());
            assertThat(RecordedFile.read(new MemoryChannel(again.bytes().toArray())).format())
                    .isEqualTo(recorded.format());
            for (RecordedFile.Entry entry : recorded.fragments()) {
                recorded.units(channel, entry);
            }
            var playback = new BrowserPlayback(recorded);
            for (int i = 0; i < recorded.fragments().size(); i++) {
                playback.fragments(channel, i, i);
            }
            if (!recorded.fragments().isEmpty()) {
                var run = new Export.Run(recorded, recorded.fragments(), () -> channel);
                Export.of(List.of(run), Export.Gaps.KEPT)
                        .writeTo(MemoryChannel.into(new java.io.ByteArrayOutputStream()));
            }
        } catch (MalformedMp4Exception _) {
            // refused, or damaged behind its headers
        }
        Files.write(file, input);
        try (Mp4File mp4 = Mp4File.open(file)) {
            for (int i = 0; i < mp4.size(); i++) {
                mp4.unit(i);
            }
            mp4.duration();
        } catch (MalformedMp4Exception _) {
            // as above
        }
        return read;
    }
}
