package id.pantau.server.web;

import id.pantau.server.recording.RecordingFact;
import id.pantau.server.recording.RecordingListener;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Tells browsers what the recorder did.
@Component
public class RecordingFacts implements RecordingListener {
    record SegmentText(String type, String camera, Instant start, Instant end) {}

    private final FactSockets sockets;

    RecordingFacts(FactSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void on(RecordingFact fact) {
        if (fact instanceof RecordingFact.SegmentClosed(var segment)) {
            sockets.tell(
                    segment.camera(),
                    new SegmentText(
                            "segment.closed", segment.camera(), segment.start(), segment.end()));
        }
    }
}
