package id.pantau.media.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The receiving half of an RTSP connection: one buffer, filled in gulps as large as there is data,
/// and taken apart in place into interleaved frames (RFC 2326 §10.12) and messages. Nothing is
/// allocated per frame. What is neither is skipped and counted: cameras are known to leave bytes
/// between frames. Used by client and server; not thread-safe.
///
/// ```
/// while (input.fill(stream) >= 0) {
///     for (Found found = input.next(); found != NOTHING; found = input.next()) { … }
/// }
/// ```
final class RtspInput {
    /// A whole GOP of a small camera, or some forty packets, in one system call.
    private static final int START_BYTES = 64 * 1024;

    /// The largest frame is 4 + 65535 bytes; nothing in RTSP itself comes near this.
    private static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_HEAD_BYTES = 32 * 1024;

    /// Cameras send a dozen header lines, players some twenty.
    private static final int MAX_HEAD_LINES = 256;

    /// A shorter room behind the data is not worth a system call: the rest is moved to the front.
    private static final int MIN_ROOM_BYTES = 16 * 1024;

    private static final int NOISE_CHARS = 40;

    enum Found {
        /// More bytes are needed.
        NOTHING,
        /// [#frameChannel()] and [#frame()] hold an interleaved frame.
        FRAME,
        /// [#message()] holds a request or a response.
        MESSAGE
    }

    private enum Step {
        FRAME,
        MESSAGE,
        /// With more bytes it may become something.
        MORE,
        NOISE
    }

    private byte[] bytes = new byte[START_BYTES];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int start;
    private int end;
    private int frameChannel;
    private @Nullable RtspMessage message;
    private long skippedBytes;
    private String noise = "";
    private int channels = 256;

    /// How many bytes at `start` are already known to hold no end of head, so that a slow sender
    /// costs no second scan.
    private int scanned;

    /// The message at `start` whose body is still on its way, and where that begins behind `start`:
    /// a body that comes byte by byte does not have its head read again for each of them.
    private @Nullable RtspMessage begun;

    private int begunBytes;

    /// Frames of this channel and above are noise from now on; any channel is good until told.
    void acceptChannelsBelow(int limit) {
        channels = limit;
    }

    /// Reads once, whatever is there.
    ///
    /// @return how many bytes came, -1 at the end of the stream
    int fill(InputStream stream) throws IOException {
        makeRoom();
        int count = stream.read(bytes, end, bytes.length - end);
        end += Math.max(0, count);
        return count;
    }

    /// As above, from a channel; 0 when a non-blocking one has nothing.
    int fill(ReadableByteChannel channel) throws IOException {
        makeRoom();
        view.limit(bytes.length).position(end);
        int count = channel.read(view);
        end += Math.max(0, count);
        return count;
    }

    /// Takes the next whole frame or message off the front; what the one before gave is gone then.
    ///
    /// @throws MalformedRtspException when a message is larger than any camera's
    Found next() throws MalformedRtspException {
        message = null;
        while (start < end) {
            switch (bytes[start] == '$' ? tryFrame() : tryMessage()) {
                case FRAME -> {
                    return Found.FRAME;
                }
                case MESSAGE -> {
                    return Found.MESSAGE;
                }
                case MORE -> {
                    return Found.NOTHING;
                }
                case NOISE -> skip();
            }
        }
        return Found.NOTHING;
    }

    private Step tryFrame() {
        if (end - start < 5) {
            return Step.MORE;
        }
        int channel = bytes[start + 1] & 0xff;
        int length = (bytes[start + 2] & 0xff) << 8 | bytes[start + 3] & 0xff;
        // RTP and RTCP both begin with version 2; a '$' before anything else is noise.
        if (channel >= channels || length < 4 || (bytes[start + 4] & 0xc0) != 0x80) {
            return Step.NOISE;
        }
        if (end - start < 4 + length) {
            return Step.MORE;
        }
        frameChannel = channel;
        view.limit(start + 4 + length).position(start + 4);
        start += 4 + length;
        return Step.FRAME;
    }

    private Step tryMessage() throws MalformedRtspException {
        if (!RtspStart.isPossible(bytes, start, end)) {
            return Step.NOISE;
        }
        RtspMessage head = begun;
        if (head == null) {
            view.limit(end).position(start);
            int headEnd = headEnd(view, start + scanned, end);
            int headBytes = (headEnd < 0 ? end : headEnd) - start;
            if (headBytes > MAX_HEAD_BYTES) {
                throw new MalformedRtspException("a message head beyond 32 KiB");
            }
            if (headEnd < 0) {
                scanned = Math.max(0, headBytes - 3);
                return Step.MORE;
            }
            // Of what begins like a message and is none, no text is made: a stream of such
            // beginnings before one empty line would be copied once for each of them.
            if (!RtspStart.isLine(bytes, start, headEnd)) {
                return Step.NOISE;
            }
            checkLines(headEnd);
            try {
                head = RtspMessage.parseHead(text(start, headEnd));
            } catch (MalformedRtspException _) {
                return Step.NOISE; // skipped like other noise
            }
            begun = head;
            begunBytes = headBytes;
        }
        int length = head.contentLength().orElse(0);
        if (length > MAX_BYTES - begunBytes) {
            throw new MalformedRtspException("a message body of %d bytes".formatted(length));
        }
        if (end - start - begunBytes < length) {
            return Step.MORE;
        }
        take(head, start + begunBytes, length);
        return Step.MESSAGE;
    }

    private void checkLines(int headEnd) throws MalformedRtspException {
        int lines = 0;
        for (int i = start; i < headEnd; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        if (lines > MAX_HEAD_LINES) {
            throw new MalformedRtspException("a message head of %d lines".formatted(lines));
        }
    }

    private void take(RtspMessage head, int headEnd, int bodyLength) {
        view.limit(end).position(headEnd);
        message = RtspMessage.withBody(head, view, bodyLength);
        start = headEnd + bodyLength;
        restart();
    }

    /// Takes the message at the front although its body is shorter than it says: for a camera whose
    /// `Content-Length` is too large, when nothing more comes.
    ///
    /// @return whether there was one with a whole head
    boolean takeCutMessage() {
        if (start == end || !RtspStart.isPossible(bytes, start, end)) {
            return false;
        }
        view.limit(end).position(start);
        int headEnd = headEnd(view, start, end);
        if (headEnd < 0) {
            return false;
        }
        try {
            take(RtspMessage.parseHead(text(start, headEnd)), headEnd, end - headEnd);
            return true;
        } catch (MalformedRtspException _) {
            return false;
        }
    }

    /// Takes the text at the front that is neither frame nor message: the rest of a body whose
    /// `Content-Length` was too small or missing. Only what has arrived.
    String takeStrayText() {
        int from = start;
        while (start < end && bytes[start] != '$' && !RtspStart.isCertain(bytes, start, end)) {
            start++;
        }
        restart();
        return text(from, start);
    }

    /// What was known of the message at the front is of no use behind it.
    private void restart() {
        scanned = 0;
        begun = null;
    }

    private void skip() {
        restart();
        int from = start;
        do {
            start++;
            skippedBytes++;
        } while (start < end && bytes[start] != '$' && !RtspStart.isPossible(bytes, start, end));
        if (noise.length() < NOISE_CHARS) {
            noise += text(from, Math.min(start, from + NOISE_CHARS)).replaceAll("[^ -~]+", " ");
        }
    }

    int frameChannel() {
        return frameChannel;
    }

    /// The frame's packet from position to limit; valid until the next call of anything here.
    ByteBuffer frame() {
        return view;
    }

    RtspMessage message() {
        RtspMessage current = message;
        if (current == null) {
            throw new IllegalStateException("no message was found");
        }
        return current;
    }

    /// How many bytes were neither frame nor message.
    long skippedBytes() {
        return skippedBytes;
    }

    /// The first bytes that were skipped, printable, for a sentence about what answered.
    String noise() {
        String whole = noise.strip();
        return whole.length() <= NOISE_CHARS ? whole : whole.substring(0, NOISE_CHARS);
    }

    private String text(int from, int until) {
        return new String(bytes, from, until - from, StandardCharsets.UTF_8);
    }

    private void makeRoom() {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (bytes.length - end >= MIN_ROOM_BYTES) {
            return;
        }
        byte[] target = end - start > bytes.length - MIN_ROOM_BYTES ? larger() : bytes;
        System.arraycopy(bytes, start, target, 0, end - start);
        end -= start;
        start = 0;
        if (target != bytes) {
            bytes = target;
            view = ByteBuffer.wrap(bytes);
        }
    }

    /// Never beyond the limits: what is larger was refused before by [#next()].
    private byte[] larger() {
        return new byte[Math.min(bytes.length * 2, MAX_BYTES + MIN_ROOM_BYTES)];
    }

    /// @return the index behind the empty line that ends a message head, -1 when there is none yet
    static int headEnd(ByteBuffer bytes, int from, int until) {
        for (int i = from; i < until; i++) {
            if (bytes.get(i) != '\n') {
                continue;
            }
            if (i + 1 < until && bytes.get(i + 1) == '\n') {
                return i + 2;
            }
            if (i + 2 < until && bytes.get(i + 1) == '\r' && bytes.get(i + 2) == '\n') {
                return i + 3;
            }
        }
        return -1;
    }
}
