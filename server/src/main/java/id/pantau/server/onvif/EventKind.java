package id.pantau.server.onvif;

import java.util.List;
import java.util.Locale;

/// What a device's event is about.
public enum EventKind {
    MOTION,
    /// Covered, turned away, blurred or blinded.
    TAMPER,
    DIGITAL_INPUT,
    /// A recorder's or encoder's camera has gone.
    VIDEO_LOSS,
    PERSON,
    VEHICLE,
    ANIMAL,
    FACE,
    /// None of these.
    OTHER;

    /// By the topics of ONVIF (Imaging, Device and Analytics services) and those that makers made
    /// up; prefixes are left out, so `tns1:VideoAnalytics/tnshik:MotionAlarm` is one of them.
    ///
    /// @param topic segments without prefixes: `RuleEngine`, `CellMotionDetector`, `Motion`
    static EventKind of(List<String> topic) {
        if (topic.isEmpty()) {
            return OTHER;
        }
        if (topic.getLast().endsWith("Service")) {
            return of(topic.subList(0, topic.size() - 1)); // which part of the device saw it
        }
        String path = String.join("/", topic).toLowerCase(Locale.ROOT);
        String last = topic.getLast().toLowerCase(Locale.ROOT);
        return switch (last) {
            case "motion", "motionalarm", "motiondetect", "ismotion" -> MOTION;
            case "globalscenechange",
                    "imagetooblurry",
                    "imagetoodark",
                    "imagetoobright",
                    "tamper",
                    "tampering",
                    "videocover",
                    "videotampering" ->
                    TAMPER;
            case "digitalinput", "alarmin" -> DIGITAL_INPUT;
            case "signalloss", "videoloss", "signallost" -> VIDEO_LOSS;
            case "peopledetect", "humandetect", "people", "person" -> PERSON;
            case "vehicledetect", "vehicle" -> VEHICLE;
            case "dogcatdetect", "animaldetect" -> ANIMAL;
            case "facedetect", "facedetected" -> FACE;
            default ->
                    path.startsWith("ruleengine/tamperdetector")
                            ? TAMPER
                            : path.startsWith("ruleengine/cellmotiondetector")
                                            || path.startsWith("ruleengine/motionregiondetector")
                                    ? MOTION
                                    : OTHER;
        };
    }
}
