package id.pantau.server.onvif;

import id.pantau.media.hub.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes from preset to preset, round and round, on a thread of its own. Pantau's own loop instead
/// of the device's preset tours (ONVIF PTZ §5.9), which few devices have and each differently. Ends
/// when [#close]d, or when the device refuses a preset.
public final class PresetPatrol implements AutoCloseable {
    /// Shorter ones would wear the drive.
    public static final Duration SHORTEST_STAY = Duration.ofSeconds(5);

    private final Consumer<String> goTo;
    private final List<String> presets;
    private final Duration stay;
    private final Sleeper sleeper;
    private final Thread thread;
    private volatile @Nullable OnvifException end;

    private PresetPatrol(
            Consumer<String> goTo, List<String> presets, Duration stay, Sleeper sleeper) {
        this.goTo = goTo;
        this.presets = List.copyOf(presets);
        this.stay = stay;
        this.sleeper = sleeper;
        this.thread = Thread.ofVirtual().name("ptz-patrol").unstarted(this::run);
    }

    /// @param goTo moves to the preset of that token
    /// @param presets at least one
    public static PresetPatrol start(
            Consumer<String> goTo, List<String> presets, Duration stay, Sleeper sleeper) {
        if (presets.isEmpty() || stay.compareTo(SHORTEST_STAY) < 0) {
            throw new IllegalArgumentException("a patrol needs presets and a stay of 5 s or more");
        }
        var patrol = new PresetPatrol(goTo, presets, stay, sleeper);
        patrol.thread.start();
        return patrol;
    }

    public boolean running() {
        return thread.isAlive();
    }

    /// Why it ended by itself; null while it runs, and when it was closed.
    public @Nullable OnvifException end() {
        return end;
    }

    private void run() {
        try {
            while (true) {
                for (String preset : presets) {
                    goTo.accept(preset);
                    sleeper.sleep(stay);
                }
            }
        } catch (OnvifException e) {
            if (!Thread.currentThread().isInterrupted()) {
                end = e;
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
