package id.pantau.media.hls;

/// The lines of a playlist being written.
final class PlaylistText {
    private final StringBuilder text = new StringBuilder("#EXTM3U\n");

    void tag(String name) {
        line("#" + name);
    }

    void tag(String name, Object value) {
        line("#" + name + ":" + value);
    }

    void tag(PlaylistTag tag) {
        if (tag.value().isEmpty()) {
            tag(tag.name());
        } else {
            tag(tag.name(), tag.value());
        }
    }

    /// @throws IllegalArgumentException when it would become two lines
    void line(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a line break inside a playlist line: " + line);
        }
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
