package id.pantau.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The drive of a simulated camera: at full speed it crosses one unit of ONVIF's generic space in a
/// second. Thread-safe.
final class SimulatedDrive {
    /// Pan and tilt -1..1, zoom 0..1.
    record Position(double pan, double tilt, double zoom) {
        static final Position HOME = new Position(0, 0, 0);

        Position plus(double panBy, double tiltBy, double zoomBy) {
            return new Position(
                    Math.clamp(pan + panBy, -1, 1),
                    Math.clamp(tilt + tiltBy, -1, 1),
                    Math.clamp(zoom + zoomBy, 0, 1));
        }
    }

    record Preset(String name, Position position) {}

    private final LongSupplier nanoTime;
    private final Map<String, Preset> presets = new LinkedHashMap<>();
    private Position position = Position.HOME;
    private double panSpeed;
    private double tiltSpeed;
    private double zoomSpeed;
    private long movedAt;
    private long stopsAt;
    private int presetsMade;

    SimulatedDrive(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.movedAt = nanoTime.getAsLong();
    }

    synchronized Position position() {
        settle();
        return position;
    }

    synchronized boolean moving() {
        settle();
        return panSpeed != 0 || tiltSpeed != 0 || zoomSpeed != 0;
    }

    synchronized void move(double pan, double tilt, double zoom, long forNanos) {
        settle();
        panSpeed = pan;
        tiltSpeed = tilt;
        zoomSpeed = zoom;
        stopsAt = movedAt + forNanos;
    }

    synchronized void stop() {
        settle();
        panSpeed = 0;
        tiltSpeed = 0;
        zoomSpeed = 0;
    }

    synchronized void goTo(Position other) {
        stop();
        position = other.plus(0, 0, 0);
    }

    synchronized void shift(double pan, double tilt, double zoom) {
        stop();
        position = position.plus(pan, tilt, zoom);
    }

    synchronized Map<String, Preset> presets() {
        return new LinkedHashMap<>(presets);
    }

    synchronized String setPreset(@Nullable String token, String name) {
        settle();
        String made = token == null ? "preset-" + ++presetsMade : token;
        presets.put(made, new Preset(name, position));
        return made;
    }

    /// @return whether there is such a preset
    synchronized boolean gotoPreset(String token) {
        Preset preset = presets.get(token);
        if (preset != null) {
            goTo(preset.position());
        }
        return preset != null;
    }

    synchronized boolean removePreset(String token) {
        return presets.remove(token) != null;
    }

    private void settle() {
        long now = nanoTime.getAsLong();
        double seconds = Math.max(0, Math.min(now, stopsAt) - movedAt) / 1e9;
        position = position.plus(panSpeed * seconds, tiltSpeed * seconds, zoomSpeed * seconds);
        movedAt = now;
        if (now >= stopsAt) {
            panSpeed = 0;
            tiltSpeed = 0;
            zoomSpeed = 0;
        }
    }
}
