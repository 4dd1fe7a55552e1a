package id.pantau.server.recording;

import org.jspecify.annotations.Nullable;

public final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Category {
        /// No such segment, any more or ever.
        NOT_FOUND,
        /// The volume does not give the file.
        UNREADABLE,
        /// The directory cannot become a volume.
        VOLUME_UNUSABLE
    }

    private final Category category;

    public RecordingException(Category category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
