package id.pantau.media.hub;

import java.time.Duration;

/// Does one thing again and again on a virtual thread of its own, until it is closed. A round that
/// fails is logged and costs nothing but itself. For rounds that do not block: see to disks on a
/// platform thread.
public final class Rounds implements AutoCloseable {
    /// What is done each time.
    @FunctionalInterface
    public interface Round {
        /// @throws InterruptedException when the rounds are closed meanwhile
        void run() throws InterruptedException;
    }

    private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

    private final Duration every;
    private final Sleeper sleeper;
    private final Round round;
    private final Thread thread;

    /// @param name of the thread
    /// @param every the pause between two rounds
    public Rounds(String name, Duration every, Sleeper sleeper, Round round) {
        this.every = every;
        this.sleeper = sleeper;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Waits for the round that runs.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                try {
                    round.run();
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, thread.getName() + " failed", e);
                }
                sleeper.sleep(every);
            }
        } catch (InterruptedException _) {
            // closed
        }
    }
}
