package id.pantau.vision.worker;

/// The worker could not be started, or not yet again. The message is a sentence for people.
public final class WorkerUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    WorkerUnavailableException(String sentence) {
        super(sentence);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
