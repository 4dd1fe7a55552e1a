package id.pantau.media.mp4;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;

/// Boxes as text that people can read: name and size, nested; leaves with their bytes.
final class BoxTree {
    private static final Set<String> CONTAINERS =
            Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf", "mfra");

    private BoxTree() {}

    static String of(byte[] bytes) throws MalformedMp4Exception {
        var text = new StringBuilder();
        var buffer = ByteBuffer.wrap(bytes);
        append(buffer, 0, bytes.length, "", text);
        return text.toString();
    }

    private static void append(
            ByteBuffer buffer, int from, int until, String indent, StringBuilder text)
            throws MalformedMp4Exception {
        for (BoxSpan box : BoxSpan.between(buffer, from, until)) {
            String name = FourCc.text(box.type());
            text.append(indent).append(name).append(' ').append(box.end() - box.start());
            int inner =
                    CONTAINERS.contains(name)
                            ? 0
                            : switch (name) {
                                case "stsd", "dref" -> 8;
                                case "avc1", "hvc1" -> 78;
                                case "mp4a", "ulaw", "alaw", "Opus", "fLaC" -> 28;
                                default -> box.end() - box.body();
                            };
            if (inner > 0) {
                byte[] own = new byte[inner];
                buffer.get(box.body(), own);
                text.append(' ').append(HexFormat.of().formatHex(own).replaceAll("(00){6,}", "~"));
            }
            text.append('\n');
            append(buffer, box.body() + inner, box.end(), indent + "  ", text);
        }
    }
}
