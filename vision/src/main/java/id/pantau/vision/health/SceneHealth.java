package id.pantau.vision.health;

import id.pantau.vision.Frame;
import id.pantau.vision.motion.LumaGrid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One camera's health, frame by frame; looks once a second, whatever comes. Day and infrared night
/// have a usual view each. Where there is no picture to speak of (black, covered), nothing is said
/// of its place. Confined to one thread.
public final class SceneHealth {
    private static final Duration EVERY = Duration.ofSeconds(2);

    /// Clocks of cameras are rounded.
    private static final Duration EARLY = Duration.ofMillis(20);

    /// Cells to each side of a block in which structure is looked for.
    private static final int BLOCK = 4;

    /// Share of cells that must be dark.
    private static final double NEARLY_ALL = 0.98;

    private final HealthSettings settings;
    private final Map<Condition, Persistence> conditions = new EnumMap<>(Condition.class);
    private final MinuteQuality quality = new MinuteQuality();
    private UsualView day = new UsualView();
    private UsualView night = new UsualView();
    private @Nullable LumaGrid grid;
    private float[] anchor = new float[0];
    private Duration anchorAt = Duration.ZERO;
    private final Persistence covered = new Persistence();
    private Duration movedAt = Duration.ZERO;
    private @Nullable Duration last;

    public SceneHealth() {
        this(HealthSettings.DEFAULT);
    }

    public SceneHealth(HealthSettings settings) {
        this.settings = settings;
        for (Condition condition : Condition.values()) {
            conditions.put(condition, new Persistence());
        }
    }

    /// @param at media time; not before the frame before
    /// @return what begins and ends with this frame, mostly nothing
    public List<HealthChange> look(Frame frame, Duration at) {
        Duration before = last;
        if (before != null && at.minus(before).compareTo(EVERY.minus(EARLY)) < 0) {
            return List.of();
        }
        last = at;
        double seconds = before == null ? 0 : Math.min(10, at.minus(before).toNanos() / 1e9);
        LumaGrid cells = read(frame);
        PictureMeasure picture = PictureMeasure.of(frame);
        var changes = new ArrayList<HealthChange>();
        boolean dark = isDark(cells, frame.fullRange());
        boolean flat = !dark && structure(cells) < settings.coveredStructure();
        boolean nothing = dark || flat;
        boolean same = isSame(cells, at); // asked in any case: it remembers
        tell(Condition.FROZEN, nothing ? null : same, at, Duration.ZERO, changes);
        tell(Condition.BLACK, dark, at, settings.black(), changes);
        covered.look(flat, at, settings.covered());
        UsualView usual = picture.grey() ? night : day;
        lookAtView(usual, cells, picture, nothing, at, seconds, changes);
        return changes;
    }

    private void lookAtView(
            UsualView usual,
            LumaGrid cells,
            PictureMeasure picture,
            boolean nothing,
            Duration at,
            double seconds,
            List<HealthChange> changes) {
        Edges edges = Edges.of(cells);
        double likeness = usual.likeness(edges, settings.wellMatch());
        double sharpness = usual.sharpness(picture.sharpness());
        boolean soft = usual.isKnown() && sharpness < settings.blurredPart();
        boolean isCovered = covered.isPresent();
        tell(
                Condition.BLURRED,
                isCovered ? Boolean.TRUE : nothing ? null : Boolean.valueOf(soft),
                at,
                isCovered ? Duration.ZERO : settings.blurred(),
                changes);
        // A blurred picture is like no other: one complaint is enough.
        Boolean moved = nothing || soft || !usual.isKnown() ? null : isAnother(likeness);
        if (tell(Condition.MOVED, moved, at, settings.moved(), changes)
                && present().contains(Condition.MOVED)) {
            movedAt = at;
        }
        if (present().contains(Condition.MOVED)
                && at.minus(movedAt).compareTo(settings.accepted()) >= 0) {
            day = new UsualView();
            night = new UsualView();
            state(Condition.MOVED).clear();
            changes.add(new HealthChange(Condition.MOVED, false, at));
        } else if (!nothing && !soft && (!usual.isKnown() || likeness > settings.wellMatch())) {
            usual.learn(edges, picture.sharpness(), seconds);
        }
        quality.look(picture, usual.isKnown() ? sharpness : 1, at);
    }

    /// What began and has not ended.
    public Set<Condition> present() {
        var present = EnumSet.noneOf(Condition.class);
        conditions.forEach((condition, state) -> {
            if (state.isPresent()) {
                present.add(condition);
            }
        });
        return present;
    }

    /// Of the last whole minute; empty before the first has ended.
    public Optional<Quality> quality() {
        return Optional.ofNullable(quality.last());
    }

    private Persistence state(Condition condition) {
        return java.util.Objects.requireNonNull(conditions.get(condition));
    }

    private boolean tell(
            Condition condition,
            @Nullable Boolean holds,
            Duration at,
            Duration enough,
            List<HealthChange> changes) {
        Persistence state = state(condition);
        boolean changed = state.look(holds, at, enough);
        if (changed) {
            changes.add(new HealthChange(condition, state.isPresent(), at));
        }
        return changed;
    }

    /// Between the two bounds it stays what it was.
    private @Nullable Boolean isAnother(double likeness) {
        if (likeness < settings.movedMatch()) {
            return true;
        }
        return likeness > settings.wellMatch() ? false : null;
    }

    private LumaGrid read(Frame frame) {
        LumaGrid cells = grid;
        if (cells == null || !cells.fits(frame)) {
            cells = new LumaGrid(frame.widthPx(), frame.heightPx());
            grid = cells;
        }
        cells.read(frame);
        return cells;
    }

    /// Whether nothing has changed for long.
    private boolean isSame(LumaGrid cells, Duration at) {
        float[] now = cells.cells();
        if (now.length != anchor.length || differs(now)) {
            anchor = now.clone();
            anchorAt = at;
            return false;
        }
        return at.minus(anchorAt).compareTo(settings.frozen()) >= 0;
    }

    private boolean differs(float[] now) {
        for (int i = 0; i < now.length; i++) {
            if (Math.abs(now[i] - anchor[i]) > settings.frozenStep()) {
                return true;
            }
        }
        return false;
    }

    /// Mean difference of blocks of cells beside one another: noise of single pixels is none.
    private static double structure(LumaGrid grid) {
        int columns = grid.columns() / BLOCK;
        int rows = grid.rows() / BLOCK;
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double before = block(grid, 0, row);
            for (int column = 1; column < columns; column++) {
                double now = block(grid, column, row);
                sum += Math.abs(now - before);
                before = now;
            }
        }
        return sum / Math.max(1, rows * (columns - 1));
    }

    private static double block(LumaGrid grid, int column, int row) {
        float[] cells = grid.cells();
        double sum = 0;
        for (int y = row * BLOCK; y < (row + 1) * BLOCK; y++) {
            for (int x = column * BLOCK; x < (column + 1) * BLOCK; x++) {
                sum += cells[y * grid.columns() + x];
            }
        }
        return sum / (BLOCK * BLOCK);
    }

    private boolean isDark(LumaGrid cells, boolean fullRange) {
        double most = settings.blackLuma() + (fullRange ? 0 : 16);
        int dark = 0;
        for (float cell : cells.cells()) {
            dark += cell <= most ? 1 : 0;
        }
        return dark >= NEARLY_ALL * cells.cells().length;
    }
}
