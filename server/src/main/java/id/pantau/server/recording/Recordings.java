package id.pantau.server.recording;

import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What is recorded, the running segments included. Thread-safe.
public interface Recordings {
    /// Segments that have anything in the range, by start.
    ///
    /// @param until exclusive
    List<Segment> list(String camera, Instant from, Instant until);

    /// @param id as in [Segment#id]; anything else finds nothing
    Optional<Segment> find(String camera, String id);

    /// The segment's file for reading, at position 0, up to its last whole fragment; a running
    /// segment's channel ends where it ended when it was opened. The caller closes it.
    ///
    /// @throws RecordingException NOT_FOUND when retention was faster; UNREADABLE when the volume
    ///   cannot give it
    SeekableByteChannel open(Segment segment);

    /// @param until exclusive; what is still to come is neither wanted nor missing
    Coverage coverage(String camera, Instant from, Instant until);

    /// What each mode keeps of a camera, or would have kept, by day; days on which nothing came are
    /// left out.
    ///
    /// @param until the last day, inclusive
    /// @param rolls what is kept around what happens
    List<DayComparison> compare(
            String camera, LocalDate from, LocalDate until, ZoneId zone, Rolls rolls);

    /// Days with footage or gaps, ascending.
    ///
    /// @param until the last day, inclusive
    List<DayTotal> days(String camera, LocalDate from, LocalDate until, ZoneId zone);
}
