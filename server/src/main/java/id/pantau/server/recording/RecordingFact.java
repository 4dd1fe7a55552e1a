package id.pantau.server.recording;

/// What happened, told after it happened. Facts of one camera come in order.
public sealed interface RecordingFact {
    record SegmentClosed(Segment segment) implements RecordingFact {}

    record StateChanged(String camera, RecordingState state) implements RecordingFact {}

    record AlarmRaised(Alarm alarm) implements RecordingFact {}

    record AlarmCleared(Alarm alarm) implements RecordingFact {}

    record GapClosed(String camera, Gap gap) implements RecordingFact {}
}
