package id.pantau.media.flv;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One tag of a stream that is being played: made once and shared by all who watch, in each of the
/// forms they want it in. Immutable; thread-safe.
public final class StreamTag {
    /// What a tag means to somebody who joins or was too slow.
    public enum Role {
        /// Metadata or a decoder configuration: needed before the next key frame.
        CONFIG,
        /// Watching may begin here.
        KEY,
        /// Of use only behind everything since the key frame.
        OTHER
    }

    /// One way to put a tag into bytes. Compared by identity: use constants.
    public interface Form {
        /// @return bytes that nobody writes to any more; from position to limit
        ByteBuffer make(StreamTag tag);
    }

    /// As in a file: tag header, body, and `PreviousTagSize`.
    public static final Form FILE = tag -> tag.plain().inFile();

    private record Made(Form form, ByteBuffer bytes, @Nullable Made next) {}

    private final FlvTag.Kind kind;
    private final Role role;
    private final int timestampMs;
    private final ByteBuffer head;
    private final ByteBuffer payload;
    private volatile @Nullable Made made;

    /// @param head what stands before the media in the tag's body
    /// @param payload the access unit's
    StreamTag(FlvTag.Kind kind, Role role, int timestampMs, ByteBuffer head, ByteBuffer payload) {
        this.kind = kind;
        this.role = role;
        this.timestampMs = timestampMs;
        this.head = head;
        this.payload = payload;
    }

    public FlvTag.Kind kind() {
        return kind;
    }

    public Role role() {
        return role;
    }

    /// 32 bits unsigned, wraps.
    public int timestampMs() {
        return timestampMs;
    }

    public int bodyBytes() {
        return head.remaining() + payload.remaining();
    }

    /// Puts the body at the buffer's position.
    public void putBody(ByteBuffer into) {
        into.put(head.duplicate()).put(payload.duplicate());
    }

    /// A view of its own of the tag in that form.
    public ByteBuffer as(Form form) {
        for (Made one = made; one != null; one = one.next) {
            if (one.form == form) {
                return one.bytes.duplicate();
            }
        }
        ByteBuffer bytes = form.make(this);
        made = new Made(form, bytes, made); // two threads at once make it twice, and no harm done
        return bytes.duplicate();
    }

    /// A copy as a plain tag.
    public FlvTag plain() {
        ByteBuffer body = ByteBuffer.allocate(bodyBytes());
        putBody(body);
        return new FlvTag(kind, timestampMs, body.flip());
    }
}
