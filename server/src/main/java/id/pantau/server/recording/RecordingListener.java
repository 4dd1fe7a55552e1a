package id.pantau.server.recording;

/// Hears facts, on the thread that made them: it returns at once and throws nothing.
@FunctionalInterface
public interface RecordingListener {
    void on(RecordingFact fact);
}
