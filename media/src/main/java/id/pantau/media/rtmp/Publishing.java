package id.pantau.media.rtmp;

import id.pantau.media.StreamEnd;
import id.pantau.media.flv.FlvReader;
import id.pantau.media.flv.FlvReceiver;
import id.pantau.media.flv.FlvTag;
import id.pantau.media.flv.MalformedFlvException;
import id.pantau.media.hub.Publication;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;

/// One stream being published on a connection: its messages become access units. Confined to the
/// connection's thread, but for what is asked.
final class Publishing {
    private final int stream;
    private final Publication publication;
    private final FlvReceiver receiver;
    private boolean ended;

    /// @param stream message stream id
    Publishing(int stream, Publication publication) {
        this.stream = stream;
        this.publication = publication;
        this.receiver = new FlvReceiver(Clock.systemUTC(), System::nanoTime, publication::accept);
    }

    int stream() {
        return stream;
    }

    boolean isOpen() {
        return publication.isOpen();
    }

    long malformed() {
        return receiver.malformed();
    }

    /// The name of a video codec that is not carried, once one has come.
    Optional<String> foreignVideo() {
        return receiver.foreignVideo();
    }

    /// Takes a message of media or metadata; others are ignored.
    void media(RtmpMessage message) throws MalformedRtmpException {
        int timestampMs = message.timestampMs();
        switch (message.type()) {
            case MessageType.AUDIO -> tag(FlvTag.Kind.AUDIO, timestampMs, message.body());
            case MessageType.VIDEO -> tag(FlvTag.Kind.VIDEO, timestampMs, message.body());
            case MessageType.DATA_AMF0, MessageType.DATA_AMF3 ->
                    tag(FlvTag.Kind.SCRIPT, timestampMs, Command.amf0(message));
            case MessageType.AGGREGATE -> aggregate(message);
            default -> {}
        }
    }

    /// Only the first call counts.
    void end(StreamEnd end) {
        if (!ended) {
            ended = true;
            publication.close(end);
        }
    }

    /// Tags as in a file, on a clock of their own that begins with the message's (§7.1.6).
    private void aggregate(RtmpMessage message) throws MalformedRtmpException {
        ByteBuffer tags = message.body().duplicate();
        int shiftMs = 0;
        boolean first = true;
        try {
            while (tags.hasRemaining()) {
                FlvTag tag = FlvReader.next(tags).orElse(null);
                if (tag == null) {
                    continue;
                }
                if (first) {
                    shiftMs = message.timestampMs() - tag.timestampMs();
                    first = false;
                }
                tag(tag.kind(), tag.timestampMs() + shiftMs, tag.body());
            }
        } catch (MalformedFlvException e) {
            throw new MalformedRtmpException("an aggregate message with " + e.getMessage());
        }
    }

    private void tag(FlvTag.Kind kind, int timestampMs, ByteBuffer body) {
        receiver.accept(new FlvTag(kind, timestampMs, body));
    }
}
