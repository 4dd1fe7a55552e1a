package id.pantau.server.onvif;

import id.pantau.server.onvif.OnvifException.Category;
import java.time.Duration;
import java.util.List;

/// Moves a device (ONVIF PTZ Service). Positions are in the generic spaces.
public final class Ptz {
    private static final int MOST_PRESETS = 500;

    private final OnvifDevice device;

    Ptz(OnvifDevice device) {
        this.device = device;
    }

    /// GetNodes.
    public List<PtzNode> nodes() {
        return call("GetNodes", "<tptz:GetNodes/>").children("PTZNode").stream()
                .map(PtzNode::of)
                .toList();
    }

    /// The drive behind a profile: the one its configuration names, else the first.
    ///
    /// @throws OnvifException NOT_SUPPORTED when there is none
    public PtzNode node(MediaProfile profile) {
        List<PtzNode> nodes = nodes();
        String wanted =
                profile.ptzNode().isEmpty()
                        ? nodeOf(profile.ptzConfiguration())
                        : profile.ptzNode();
        return nodes.stream()
                .filter(node -> node.token().equals(wanted))
                .findFirst()
                .or(() -> nodes.stream().findFirst())
                .orElseThrow(() ->
                        new OnvifException(
                                Category.NOT_SUPPORTED,
                                "%s has no drive.".formatted(device.address().authority())));
    }

    /// From GetConfigurations, which Media2 profiles leave the node to.
    private String nodeOf(String configuration) {
        return call("GetConfigurations", "<tptz:GetConfigurations/>")
                .children("PTZConfiguration")
                .stream()
                .filter(one -> one.attribute("token").equals(configuration))
                .map(one -> one.text("NodeToken"))
                .findFirst()
                .orElse("");
    }

    /// Moves until `timeout` is over or [#stop]: the device stops by itself when we are gone. What
    /// the drive cannot do is left out.
    public void moveContinuously(String profile, PtzNode node, PtzVector speed, Duration timeout) {
        call(
                "ContinuousMove",
                """
                <tptz:ContinuousMove>%s<tptz:Velocity>%s</tptz:Velocity>\
                <tptz:Timeout>%s</tptz:Timeout></tptz:ContinuousMove>\
                """
                        .formatted(
                                token(profile),
                                speed.elements(node.movesContinuously(), node.zoomsContinuously()),
                                timeout));
    }

    public void moveAbsolutely(String profile, PtzNode node, PtzVector position) {
        call(
                "AbsoluteMove",
                "<tptz:AbsoluteMove>%s<tptz:Position>%s</tptz:Position></tptz:AbsoluteMove>"
                        .formatted(
                                token(profile),
                                position.elements(node.movesAbsolutely(), node.zoomsAbsolutely())));
    }

    public void moveRelatively(String profile, PtzNode node, PtzVector distance) {
        call(
                "RelativeMove",
                "<tptz:RelativeMove>%s<tptz:Translation>%s</tptz:Translation></tptz:RelativeMove>"
                        .formatted(
                                token(profile),
                                distance.elements(node.movesRelatively(), node.zoomsRelatively())));
    }

    public void stop(String profile) {
        call(
                "Stop",
                """
                <tptz:Stop>%s<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>\
                </tptz:Stop>\
                """
                        .formatted(token(profile)));
    }

    public void gotoHome(String profile) {
        call(
                "GotoHomePosition",
                "<tptz:GotoHomePosition>%s</tptz:GotoHomePosition>".formatted(token(profile)));
    }

    /// In the device's order. Many devices list presets that were never set.
    public List<Preset> presets(String profile) {
        return call("GetPresets", "<tptz:GetPresets>%s</tptz:GetPresets>".formatted(token(profile)))
                .children("Preset")
                .stream()
                .limit(MOST_PRESETS)
                .map(Preset::of)
                .filter(preset -> !preset.token().isEmpty())
                .toList();
    }

    /// Remembers where the drive is now.
    ///
    /// @return the new preset's token
    public String setPreset(String profile, String name) {
        XmlElement response =
                call(
                        "SetPreset",
                        "<tptz:SetPreset>%s<tptz:PresetName>%s</tptz:PresetName></tptz:SetPreset>"
                                .formatted(token(profile), Soap.escaped(name)));
        return response.text("PresetToken");
    }

    public void gotoPreset(String profile, String preset) {
        call(
                "GotoPreset",
                "<tptz:GotoPreset>%s%s</tptz:GotoPreset>"
                        .formatted(token(profile), presetToken(preset)));
    }

    public void removePreset(String profile, String preset) {
        call(
                "RemovePreset",
                "<tptz:RemovePreset>%s%s</tptz:RemovePreset>"
                        .formatted(token(profile), presetToken(preset)));
    }

    public PtzStatus status(String profile) {
        return PtzStatus.of(
                call("GetStatus", "<tptz:GetStatus>%s</tptz:GetStatus>".formatted(token(profile))));
    }

    private XmlElement call(String action, String body) {
        return device.call(Service.PTZ, action, body);
    }

    private static String token(String profile) {
        return "<tptz:ProfileToken>%s</tptz:ProfileToken>".formatted(Soap.escaped(profile));
    }

    private static String presetToken(String preset) {
        return "<tptz:PresetToken>%s</tptz:PresetToken>".formatted(Soap.escaped(preset));
    }
}
