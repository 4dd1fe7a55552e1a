package id.pantau.server.onvif;

import java.util.Set;
import java.util.stream.Collectors;

/// What a device's drive can do (`tt:PTZNode`).
///
/// @param spaces local names of the spaces it supports: `ContinuousPanTiltVelocitySpace`
/// @param maxPresets zero when it keeps none
public record PtzNode(String token, String name, Set<String> spaces, int maxPresets, boolean home) {
    public PtzNode {
        spaces = Set.copyOf(spaces);
    }

    static PtzNode of(XmlElement node) {
        return new PtzNode(
                node.attribute("token"),
                Soap.shortened(node.text("Name")),
                node.child("SupportedPTZSpaces").stream()
                        .flatMap(spaces -> spaces.children().stream())
                        .map(XmlElement::name)
                        .collect(Collectors.toSet()),
                node.whole("MaximumNumberOfPresets"),
                XmlElement.bool(node.text("HomeSupported")).orElse(false));
    }

    public boolean movesContinuously() {
        return spaces.contains("ContinuousPanTiltVelocitySpace");
    }

    public boolean zoomsContinuously() {
        return spaces.contains("ContinuousZoomVelocitySpace");
    }

    public boolean movesRelatively() {
        return spaces.contains("RelativePanTiltTranslationSpace");
    }

    public boolean zoomsRelatively() {
        return spaces.contains("RelativeZoomTranslationSpace");
    }

    public boolean movesAbsolutely() {
        return spaces.contains("AbsolutePanTiltPositionSpace");
    }

    public boolean zoomsAbsolutely() {
        return spaces.contains("AbsoluteZoomPositionSpace");
    }
}
