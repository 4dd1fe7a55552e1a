package id.pantau.vision.worker;

import id.pantau.vision.Box;
import id.pantau.vision.Polygon;
import id.pantau.vision.analysis.Observation;
import id.pantau.vision.analysis.Rates;
import id.pantau.vision.analysis.SceneSettings;
import id.pantau.vision.count.Crossing;
import id.pantau.vision.count.Line;
import id.pantau.vision.count.Zone;
import id.pantau.vision.count.ZoneChange;
import id.pantau.vision.health.Condition;
import id.pantau.vision.motion.Blob;
import id.pantau.vision.motion.Motion;
import id.pantau.vision.track.ObjectTrack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The part of [WorkerProtocol] that is about analysis.
///
/// A job of kind `ANALYSE` (3) holds the codec and its configuration as the others do, the model's
/// file (empty: none) and its SHA-256 (empty: not said), a weight f64, and the settings of the
/// scene. Behind the request the server sends frames of type `TIMED_UNIT` (4): flags u8 (1: key
/// frame), pts i64 (1/90000 s), wall time i64 (ms since 1970), NAL units; never more of them than
/// it has credit for: [#FIRST_CREDIT] in the beginning, and as many more as a frame of type
/// `CREDIT` (7, u32) says. The worker answers with `SIGHTING` (5) for a frame in which there was
/// something, or once a second, with `SHOT` (6), `HEALTH` (9), `QUALITY` (11), and at last with
/// `END`. Lists are behind their length in 16 bits; boxes are four f32.
final class AnalyseProtocol {
    static final int TIMED_UNIT = 4;
    static final int SIGHTING = 5;
    static final int SHOT = 6;
    static final int CREDIT = 7;
    static final int HEALTH = 9;
    static final int QUALITY = 11;

    /// Enough for the time until the worker's answer, and little enough to be soon out of date.
    static final int FIRST_CREDIT = 16;

    private static final int MOST_CREDIT = 1000;
    private static final int UNIT_HEADER_BYTES = 17;
    private static final int KEY_FRAME = 1;

    private AnalyseProtocol() {}

    @FunctionalInterface
    private interface ItemWriter<T> {
        void write(DataOutputStream out, T item) throws IOException;
    }

    @FunctionalInterface
    private interface ItemReader<T> {
        T read(DataInputStream in) throws IOException;
    }

    // -- the request ---------------------------------------------------------------------------

    static void writeBody(DataOutputStream body, AnalyseRequest request) throws IOException {
        WorkerProtocol.writeCodec(body, request.codec(), request.configuration());
        Path model = request.model();
        WorkerProtocol.writeText(body, model == null ? "" : model.toString());
        WorkerProtocol.writeText(body, request.modelSha256());
        body.writeDouble(request.weight());
        SceneSettings scene = request.scene();
        body.writeDouble(scene.motionThreshold());
        writeList(body, List.copyOf(scene.classes()), WorkerProtocol::writeText);
        writeList(body, scene.lines(), AnalyseProtocol::writeLine);
        writeList(body, scene.zones(), AnalyseProtocol::writeZone);
        writeList(body, scene.watched(), AnalyseProtocol::writePolygon);
        writeList(body, scene.ignored(), AnalyseProtocol::writePolygon);
        writeList(body, scene.hidden(), AnalyseProtocol::writePolygon);
    }

    static AnalyseRequest readBody(DataInputStream body) throws IOException {
        var codec = WorkerProtocol.readCodec(body);
        var configuration = WorkerProtocol.readConfiguration(body);
        String model = WorkerProtocol.readText(body);
        String sha256 = WorkerProtocol.readText(body);
        double weight = body.readDouble();
        double threshold = body.readDouble();
        try {
            return new AnalyseRequest(
                    codec,
                    configuration,
                    model.isEmpty() ? null : Path.of(model),
                    sha256,
                    weight,
                    new SceneSettings(
                            threshold,
                            Set.copyOf(new HashSet<>(readList(body, WorkerProtocol::readText))),
                            readList(body, AnalyseProtocol::readLine),
                            readList(body, AnalyseProtocol::readZone),
                            readList(body, AnalyseProtocol::readPolygon),
                            readList(body, AnalyseProtocol::readPolygon),
                            readList(body, AnalyseProtocol::readPolygon)));
        } catch (IllegalArgumentException e) {
            throw new IOException("settings that cannot be: " + e.getMessage(), e);
        }
    }

    private static void writeLine(DataOutputStream out, Line line) throws IOException {
        WorkerProtocol.writeText(out, line.id());
        out.writeDouble(line.x1());
        out.writeDouble(line.y1());
        out.writeDouble(line.x2());
        out.writeDouble(line.y2());
    }

    private static Line readLine(DataInputStream in) throws IOException {
        return new Line(
                WorkerProtocol.readText(in),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    private static void writeZone(DataOutputStream out, Zone zone) throws IOException {
        WorkerProtocol.writeText(out, zone.id());
        out.writeLong(zone.dwell().toNanos());
        writePolygon(out, zone.area());
    }

    private static Zone readZone(DataInputStream in) throws IOException {
        String id = WorkerProtocol.readText(in);
        Duration dwell = Duration.ofNanos(in.readLong());
        return new Zone(id, readPolygon(in), dwell);
    }

    static void writePolygons(DataOutputStream out, List<Polygon> polygons) throws IOException {
        writeList(out, polygons, AnalyseProtocol::writePolygon);
    }

    /// @throws IOException when one of them cannot be
    static List<Polygon> readPolygons(DataInputStream in) throws IOException {
        try {
            return readList(in, AnalyseProtocol::readPolygon);
        } catch (IllegalArgumentException e) {
            throw new IOException("a part that cannot be: " + e.getMessage(), e);
        }
    }

    private static void writePolygon(DataOutputStream out, Polygon polygon) throws IOException {
        writeList(
                out,
                polygon.points(),
                (to, point) -> {
                    to.writeDouble(point.x());
                    to.writeDouble(point.y());
                });
    }

    private static Polygon readPolygon(DataInputStream in) throws IOException {
        return new Polygon(
                readList(in, from -> new Polygon.Point(from.readDouble(), from.readDouble())));
    }

    // -- the pictures --------------------------------------------------------------------------

    /// A whole frame, in the buffers in which it is to be written.
    static ByteBuffer[] frame(TimedUnit unit) {
        ByteBuffer payload = unit.payload().duplicate();
        ByteBuffer head =
                ByteBuffer.allocate(WorkerProtocol.FRAME_HEADER_BYTES + UNIT_HEADER_BYTES)
                        .put((byte) TIMED_UNIT)
                        .putInt(UNIT_HEADER_BYTES + payload.remaining())
                        .put((byte) (unit.keyFrame() ? KEY_FRAME : 0))
                        .putLong(unit.pts90k())
                        .putLong(unit.wallTime().toEpochMilli())
                        .flip();
        return new ByteBuffer[] {head, payload};
    }

    /// @param body of a frame of type [#TIMED_UNIT]
    static TimedUnit unit(byte[] body) throws IOException {
        if (body.length <= UNIT_HEADER_BYTES) {
            throw new IOException("a unit of %d bytes".formatted(body.length));
        }
        ByteBuffer bytes = ByteBuffer.wrap(body);
        boolean key = (bytes.get() & KEY_FRAME) != 0;
        long pts = bytes.getLong();
        Instant wallTime = Instant.ofEpochMilli(bytes.getLong());
        return new TimedUnit(key, pts, wallTime, bytes.slice());
    }

    // -- the answers ---------------------------------------------------------------------------

    static ByteBuffer creditBody(int units) {
        return ByteBuffer.allocate(4).putInt(units).flip();
    }

    static int credit(byte[] body) throws IOException {
        if (body.length != 4) {
            throw new IOException("a credit of %d bytes".formatted(body.length));
        }
        int units = ByteBuffer.wrap(body).getInt();
        if (units < 0 || units > MOST_CREDIT) {
            throw new IOException("a credit of %d units".formatted(units));
        }
        return units;
    }

    static ByteBuffer shotBody(AnalysisMessage.Shot shot) {
        return body(out -> {
            out.writeLong(shot.track());
            out.writeLong(shot.wallTime().toEpochMilli());
            writeBox(out, shot.box());
            out.write(shot.jpeg());
        });
    }

    static AnalysisMessage.Shot shot(byte[] body) throws IOException {
        DataInputStream in = reader(body);
        return new AnalysisMessage.Shot(
                in.readLong(), Instant.ofEpochMilli(in.readLong()), readBox(in), in.readAllBytes());
    }

    static ByteBuffer healthBody(AnalysisMessage.HealthChanged change) {
        return body(out -> {
            out.writeByte(change.condition().ordinal());
            out.writeBoolean(change.begins());
            out.writeLong(change.wallTime().toEpochMilli());
        });
    }

    static AnalysisMessage.HealthChanged health(byte[] body) throws IOException {
        DataInputStream in = reader(body);
        return new AnalysisMessage.HealthChanged(
                readEnum(in, Condition.values()),
                in.readBoolean(),
                Instant.ofEpochMilli(in.readLong()));
    }

    static ByteBuffer qualityBody(AnalysisMessage.Quality quality) {
        return body(out -> {
            out.writeLong(quality.wallTime().toEpochMilli());
            out.writeBoolean(quality.dark());
            out.writeBoolean(quality.blurred());
            out.writeBoolean(quality.rainLike());
        });
    }

    static AnalysisMessage.Quality quality(byte[] body) throws IOException {
        DataInputStream in = reader(body);
        return new AnalysisMessage.Quality(
                Instant.ofEpochMilli(in.readLong()),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean());
    }

    static ByteBuffer sightingBody(Sighting sighting) {
        return body(out -> {
            Observation seen = sighting.observation();
            Motion motion = seen.motion();
            Rates rates = sighting.rates();
            out.writeLong(sighting.wallTime().toEpochMilli());
            out.writeLong(sighting.pts90k());
            out.writeLong(seen.at().toNanos());
            out.writeDouble(motion.score());
            out.writeBoolean(motion.unsettled());
            out.writeShort(motion.columns());
            out.writeShort(motion.rows());
            out.writeBoolean(seen.looked());
            for (long count :
                    new long[] {
                        rates.frames(),
                        rates.moved(),
                        rates.looked(),
                        rates.found(),
                        rates.passedOver()
                    }) {
                out.writeLong(count);
            }
            writeList(out, motion.blobs(), AnalyseProtocol::writeBlob);
            writeList(out, seen.tracks(), AnalyseProtocol::writeTrack);
            writeList(out, seen.crossings(), AnalyseProtocol::writeCrossing);
            writeList(out, seen.zoneChanges(), AnalyseProtocol::writeZoneChange);
        });
    }

    static Sighting sighting(byte[] body) throws IOException {
        DataInputStream in = reader(body);
        Instant wallTime = Instant.ofEpochMilli(in.readLong());
        long pts = in.readLong();
        Duration at = Duration.ofNanos(in.readLong());
        double score = in.readDouble();
        boolean unsettled = in.readBoolean();
        int columns = in.readUnsignedShort();
        int rows = in.readUnsignedShort();
        boolean looked = in.readBoolean();
        var rates =
                new Rates(
                        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        List<Blob> blobs = readList(in, AnalyseProtocol::readBlob);
        var motion = new Motion(score, blobs, new BitSet(), columns, rows, unsettled);
        return new Sighting(
                wallTime,
                pts,
                new Observation(
                        at,
                        motion,
                        looked,
                        List.of(),
                        readList(in, AnalyseProtocol::readTrack),
                        readList(in, AnalyseProtocol::readCrossing),
                        readList(in, AnalyseProtocol::readZoneChange)),
                rates);
    }

    private static void writeBlob(DataOutputStream out, Blob blob) throws IOException {
        writeBox(out, blob.box());
        out.writeInt(blob.cells());
        out.writeDouble(blob.score());
    }

    private static Blob readBlob(DataInputStream in) throws IOException {
        return new Blob(readBox(in), in.readInt(), in.readDouble());
    }

    private static void writeTrack(DataOutputStream out, ObjectTrack track) throws IOException {
        out.writeLong(track.id());
        writeBox(out, track.box());
        WorkerProtocol.writeText(out, track.label());
        out.writeDouble(track.score());
        out.writeByte(track.seen().ordinal());
        out.writeLong(track.firstSeen().toNanos());
        writeBox(out, track.firstBox());
        out.writeBoolean(track.stationary());
        out.writeBoolean(track.whole());
    }

    private static ObjectTrack readTrack(DataInputStream in) throws IOException {
        return new ObjectTrack(
                in.readLong(),
                readBox(in),
                WorkerProtocol.readText(in),
                in.readDouble(),
                readEnum(in, ObjectTrack.Seen.values()),
                Duration.ofNanos(in.readLong()),
                readBox(in),
                in.readBoolean(),
                in.readBoolean());
    }

    private static void writeCrossing(DataOutputStream out, Crossing crossing) throws IOException {
        WorkerProtocol.writeText(out, crossing.line());
        out.writeLong(crossing.track());
        out.writeByte(crossing.direction().ordinal());
        out.writeLong(crossing.at().toNanos());
    }

    private static Crossing readCrossing(DataInputStream in) throws IOException {
        return new Crossing(
                WorkerProtocol.readText(in),
                in.readLong(),
                readEnum(in, Crossing.Direction.values()),
                Duration.ofNanos(in.readLong()));
    }

    private static void writeZoneChange(DataOutputStream out, ZoneChange change)
            throws IOException {
        WorkerProtocol.writeText(out, change.zone());
        out.writeLong(change.track());
        out.writeByte(change.kind().ordinal());
        out.writeLong(change.at().toNanos());
    }

    private static ZoneChange readZoneChange(DataInputStream in) throws IOException {
        return new ZoneChange(
                WorkerProtocol.readText(in),
                in.readLong(),
                readEnum(in, ZoneChange.Kind.values()),
                Duration.ofNanos(in.readLong()));
    }

    // -- what both are made of -----------------------------------------------------------------

    private static void writeBox(DataOutputStream out, Box box) throws IOException {
        out.writeFloat((float) box.left());
        out.writeFloat((float) box.top());
        out.writeFloat((float) box.right());
        out.writeFloat((float) box.bottom());
    }

    private static Box readBox(DataInputStream in) throws IOException {
        return new Box(in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat());
    }

    private static <T> T readEnum(DataInputStream in, T[] values) throws IOException {
        int ordinal = in.readUnsignedByte();
        if (ordinal >= values.length) {
            throw new IOException("a value %d of %d".formatted(ordinal, values.length));
        }
        return values[ordinal];
    }

    private static <T> void writeList(DataOutputStream out, List<T> items, ItemWriter<T> writer)
            throws IOException {
        out.writeShort(items.size());
        for (T item : items) {
            writer.write(out, item);
        }
    }

    private static <T> List<T> readList(DataInputStream in, ItemReader<T> reader)
            throws IOException {
        int count = in.readUnsignedShort();
        var items = new ArrayList<T>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            items.add(reader.read(in));
        }
        return items;
    }

    @FunctionalInterface
    private interface BodyWriter {
        void write(DataOutputStream out) throws IOException;
    }

    private static ByteBuffer body(BodyWriter writer) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new AssertionError("writing to memory", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static DataInputStream reader(byte[] body) {
        return new DataInputStream(new ByteArrayInputStream(body));
    }
}
