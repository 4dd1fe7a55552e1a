package id.pantau.server.event;

import id.pantau.server.database.Database;
import id.pantau.vision.worker.AnalysisMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// How good the pictures were: the rows of the table `picture_quality`, and the column `quality` of
/// events.
public final class QualityRepository {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final Database database;

    public QualityRepository(Database database) {
        this.database = database;
    }

    /// Counts a minute, and marks the events that began in it.
    void add(String camera, AnalysisMessage.Quality quality) {
        long atMs = quality.wallTime().toEpochMilli();
        database.write(jdbc ->
                jdbc.sql(
                                """
                                insert into picture_quality (camera, start_at_ms, looked, dark,
                                  blurred, rain_like)
                                values (:camera, :startMs, 1, :dark, :blurred, :rainLike)
                                on conflict (camera, start_at_ms) do update set
                                  looked = picture_quality.looked + 1,
                                  dark = picture_quality.dark + :dark,
                                  blurred = picture_quality.blurred + :blurred,
                                  rain_like = picture_quality.rain_like + :rainLike
                                """)
                        .param("camera", camera)
                        .param("startMs", Math.floorDiv(atMs, HOUR_MS) * HOUR_MS)
                        .param("dark", quality.dark() ? 1 : 0)
                        .param("blurred", quality.blurred() ? 1 : 0)
                        .param("rainLike", quality.rainLike() ? 1 : 0)
                        .update());
        mark(camera, quality);
    }

    /// Marks the events that began in a minute.
    void mark(String camera, AnalysisMessage.Quality quality) {
        Set<PictureFlaw> flaws = PictureFlaw.of(quality);
        if (flaws.isEmpty()) {
            return;
        }
        database.write(jdbc ->
                jdbc.sql(
                                """
                                update event set quality = :quality
                                where camera = :camera and start_ms >= :fromMs
                                  and start_ms < :untilMs
                                """)
                        .param("quality", PictureFlaw.text(flaws))
                        .param("camera", camera)
                        .param("fromMs", quality.wallTime().toEpochMilli())
                        .param("untilMs", end(quality).toEpochMilli())
                        .update());
    }

    static boolean covers(AnalysisMessage.Quality quality, Instant at) {
        return !at.isBefore(quality.wallTime()) && at.isBefore(end(quality));
    }

    private static Instant end(AnalysisMessage.Quality quality) {
        return quality.wallTime().plus(MINUTE);
    }

    /// Of all hours that have a part of that time.
    public QualityShare share(String camera, Instant from, Instant until) {
        return database.read(jdbc ->
                jdbc.sql(
                                """
                                select coalesce(sum(looked), 0) as looked,
                                  coalesce(sum(dark), 0) as dark,
                                  coalesce(sum(blurred), 0) as blurred,
                                  coalesce(sum(rain_like), 0) as rain_like
                                from picture_quality
                                where camera = :camera and start_at_ms > :fromMs
                                  and start_at_ms < :untilMs
                                """)
                        .param("camera", camera)
                        .param("fromMs", from.toEpochMilli() - HOUR_MS)
                        .param("untilMs", until.toEpochMilli())
                        .query((row, _) ->
                                new QualityShare(
                                        row.getLong("looked"),
                                        row.getLong("dark"),
                                        row.getLong("blurred"),
                                        row.getLong("rain_like")))
                        .single());
    }

    /// @return what is wrong with the pictures an event began in, as far as is known
    public Set<PictureFlaw> ofEvent(String event) {
        return database.read(jdbc ->
                        jdbc.sql(
                                        """
                                        select quality from event
                                        where id = :id and quality is not null
                                        """)
                                .param("id", event)
                                .query(String.class)
                                .optional())
                .map(PictureFlaw::parse)
                .orElse(Set.of());
    }

    /// Deletes the hours of a camera that had ended before.
    void delete(String camera, Instant before) {
        database.write(jdbc ->
                jdbc.sql(
                                """
                                delete from picture_quality
                                where camera = :camera and start_at_ms + :hourMs <= :beforeMs
                                """)
                        .param("camera", camera)
                        .param("hourMs", HOUR_MS)
                        .param("beforeMs", before.toEpochMilli())
                        .update());
    }
}
