package id.pantau.server.recording;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One volume, measured within the last seconds.
///
/// @param detail one English sentence; null when all is well
/// @param recordingsBytes of all finished segments
/// @param writeBytesPerS measured, averaged over about a minute
/// @param lowWatermarkBytes free space below which retention deletes the oldest segments
/// @param highWatermarkBytes free space up to which it then deletes
/// @param effectiveRetentionDays how far back recordings will reach at the present rate; null while
///   nothing is written
/// @param oldest start of the oldest segment; null when there is none
public record VolumeStatus(
        String id,
        Path path,
        VolumeState state,
        @Nullable String detail,
        long totalBytes,
        long freeBytes,
        long recordingsBytes,
        long writeBytesPerS,
        long lowWatermarkBytes,
        long highWatermarkBytes,
        @Nullable Double effectiveRetentionDays,
        @Nullable Instant oldest) {}
