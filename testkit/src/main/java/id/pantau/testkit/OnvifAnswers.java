package id.pantau.testkit;

import id.pantau.testkit.SimulatedDrive.Position;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What a simulated camera answers, by the WSDLs of ONVIF. A refusal is a thrown [Refusal].
final class OnvifAnswers {
    static final String TDS = "http://www.onvif.org/ver10/device/wsdl";
    static final String TRT = "http://www.onvif.org/ver10/media/wsdl";
    static final String TR2 = "http://www.onvif.org/ver20/media/wsdl";
    static final String TPTZ = "http://www.onvif.org/ver20/ptz/wsdl";
    static final String TIMG = "http://www.onvif.org/ver20/imaging/wsdl";
    static final String TEV = "http://www.onvif.org/ver10/events/wsdl";
    private static final String WSNT = "http://docs.oasis-open.org/wsn/b-2";

    private static final String AXIS = "http://www.axis.com/2009/event";

    /// A SOAP fault.
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String code;
        final String subcodes;

        /// @param code `Sender` or `Receiver`; `subcodes` outermost first, divided by spaces
        Refusal(String code, String subcodes, String reason) {
            super(reason);
            this.code = code;
            this.subcodes = subcodes;
        }
    }

    private final OnvifScript script;
    private final Clock clock;
    final SimulatedDrive drive = new SimulatedDrive(System::nanoTime);
    final SimulatedEvents events;
    final AtomicInteger reboots = new AtomicInteger();
    final Map<String, Double> picture =
            new ConcurrentHashMap<>(
                    new TreeMap<>(
                            Map.of(
                                    "Brightness",
                                    50.0,
                                    "ColorSaturation",
                                    40.0,
                                    "Contrast",
                                    60.0,
                                    "Sharpness",
                                    30.0)));
    private final String host;

    /// @param host with port, as it names itself
    OnvifAnswers(OnvifScript script, Clock clock, String host) {
        this.script = script;
        this.clock = clock;
        this.host = host;
        this.events = new SimulatedEvents(clock);
    }

    String answer(OnvifRequest request) throws InterruptedException {
        String answer =
                switch (request.namespace()) {
                    case TDS -> device(request);
                    case TRT -> media(request);
                    case TR2 -> script.media2() ? media2(request) : null;
                    case TPTZ -> script.ptz() ? ptz(request) : null;
                    case TIMG -> imaging(request);
                    case TEV, WSNT -> events(request);
                    default -> null;
                };
        if (answer == null) {
            throw new Refusal(
                    "Receiver", "ter:ActionNotSupported", "Optional action not implemented");
        }
        return answer;
    }

    private @Nullable String device(OnvifRequest request) {
        return switch (request.action()) {
            case "GetSystemDateAndTime" -> dateAndTime();
            case "GetDeviceInformation" ->
                    """
                    <tds:GetDeviceInformationResponse><tds:Manufacturer>Pantau</tds:Manufacturer>\
                    <tds:Model>Simulated Dome</tds:Model><tds:FirmwareVersion>1.2.3</tds:FirmwareVersion>\
                    <tds:SerialNumber>SIM-0001</tds:SerialNumber><tds:HardwareId>sim</tds:HardwareId>\
                    </tds:GetDeviceInformationResponse>\
                    """;
            case "GetServices" -> script.getServices() ? services() : null;
            case "GetCapabilities" -> capabilities();
            case "GetHostname" ->
                    """
                    <tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP>\
                    <tt:Name>simulated-dome</tt:Name></tds:HostnameInformation></tds:GetHostnameResponse>\
                    """;
            case "GetNetworkInterfaces" ->
                    """
                    <tds:GetNetworkInterfacesResponse><tds:NetworkInterfaces token="eth0">\
                    <tt:Enabled>true</tt:Enabled><tt:Info><tt:Name>eth0</tt:Name>\
                    <tt:HwAddress>02:00:00:00:00:01</tt:HwAddress><tt:MTU>1500</tt:MTU></tt:Info>\
                    <tt:IPv4><tt:Enabled>true</tt:Enabled><tt:Config><tt:Manual>\
                    <tt:Address>192.0.2.10</tt:Address><tt:PrefixLength>24</tt:PrefixLength></tt:Manual>\
                    <tt:DHCP>false</tt:DHCP></tt:Config></tt:IPv4></tds:NetworkInterfaces>\
                    </tds:GetNetworkInterfacesResponse>\
                    """;
            case "SystemReboot" -> {
                reboots.incrementAndGet();
                events.forgetAll();
                yield """
                <tds:SystemRebootResponse><tds:Message>Rebooting in 30 seconds</tds:Message>\
                </tds:SystemRebootResponse>\
                """;
            }
            default -> null;
        };
    }

    private String dateAndTime() {
        ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
        return """
        <tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>\
        <tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>\
        <tt:TimeZone><tt:TZ>WIB-7</tt:TZ></tt:TimeZone><tt:UTCDateTime><tt:Time><tt:Hour>%d</tt:Hour>\
        <tt:Minute>%d</tt:Minute><tt:Second>%d</tt:Second></tt:Time><tt:Date><tt:Year>%d</tt:Year>\
        <tt:Month>%d</tt:Month><tt:Day>%d</tt:Day></tt:Date></tt:UTCDateTime>\
        </tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>\
        """
                .formatted(
                        now.getHour(),
                        now.getMinute(),
                        now.getSecond(),
                        now.getYear(),
                        now.getMonthValue(),
                        now.getDayOfMonth());
    }

    private String services() {
        return "<tds:GetServicesResponse>"
                + service(TDS, "device_service")
                + service(TRT, "media_service")
                + (script.media2() ? service(TR2, "media2_service") : "")
                + (script.ptz() ? service(TPTZ, "ptz_service") : "")
                + service(TIMG, "imaging_service")
                + service(TEV, "event_service")
                + "</tds:GetServicesResponse>";
    }

    private String service(String namespace, String path) {
        return """
        <tds:Service><tds:Namespace>%s</tds:Namespace><tds:XAddr>%s</tds:XAddr><tds:Version>\
        <tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>\
        """
                .formatted(namespace, xaddr(path));
    }

    private String xaddr(String path) {
        return "http://%s/onvif/%s".formatted(host, path);
    }

    private String capabilities() {
        return """
        <tds:GetCapabilitiesResponse><tds:Capabilities>\
        <tt:Device><tt:XAddr>%s</tt:XAddr></tt:Device>\
        <tt:Events><tt:XAddr>%s</tt:XAddr><tt:WSSubscriptionPolicySupport>false</tt:WSSubscriptionPolicySupport>\
        <tt:WSPullPointSupport>true</tt:WSPullPointSupport>\
        <tt:WSPausableSubscriptionManagerInterfaceSupport>false</tt:WSPausableSubscriptionManagerInterfaceSupport></tt:Events>\
        <tt:Imaging><tt:XAddr>%s</tt:XAddr></tt:Imaging>\
        <tt:Media><tt:XAddr>%s</tt:XAddr><tt:StreamingCapabilities/></tt:Media>\
        """
                        .formatted(
                                xaddr("device_service"),
                                xaddr("event_service"),
                                xaddr("imaging_service"),
                                xaddr("media_service"))
                + (script.ptz()
                        ? "<tt:PTZ><tt:XAddr>%s</tt:XAddr></tt:PTZ>".formatted(xaddr("ptz_service"))
                        : "")
                + "</tds:Capabilities></tds:GetCapabilitiesResponse>";
    }

    private @Nullable String media(OnvifRequest request) {
        return switch (request.action()) {
            case "GetProfiles" ->
                    "<trt:GetProfilesResponse>"
                            + profile("main", 1920, 1080, 25, 50, 4096)
                            + profile("sub", 640, 360, 15, 30, 512)
                            + "</trt:GetProfilesResponse>";
            case "GetStreamUri" ->
                    """
                    <trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>%s</tt:Uri>\
                    <tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>\
                    <tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout>\
                    </trt:MediaUri></trt:GetStreamUriResponse>\
                    """
                            .formatted(stream(request));
            case "GetSnapshotUri" ->
                    """
                    <trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>http://%s/snapshot.jpg</tt:Uri>\
                    <tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>\
                    <tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout>\
                    </trt:MediaUri></trt:GetSnapshotUriResponse>\
                    """
                            .formatted(host);
            case "SetSynchronizationPoint" -> "<trt:SetSynchronizationPointResponse/>";
            case "GetAudioOutputs" ->
                    """
                    <trt:GetAudioOutputsResponse><trt:AudioOutputs token="speaker"/>\
                    </trt:GetAudioOutputsResponse>\
                    """;
            default -> null;
        };
    }

    private String profile(String token, int width, int height, int fps, int gop, int kbps) {
        return """
        <trt:Profiles token="%1$s" fixed="true"><tt:Name>%1$s stream</tt:Name>\
        <tt:VideoSourceConfiguration token="sourceconfig"><tt:Name>source</tt:Name><tt:UseCount>2</tt:UseCount>\
        <tt:SourceToken>source</tt:SourceToken><tt:Bounds x="0" y="0" width="1920" height="1080"/>\
        </tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="%1$sencoder"><tt:Name>%1$s</tt:Name>\
        <tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>%2$d</tt:Width>\
        <tt:Height>%3$d</tt:Height></tt:Resolution><tt:Quality>4</tt:Quality><tt:RateControl>\
        <tt:FrameRateLimit>%4$d</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval>\
        <tt:BitrateLimit>%6$d</tt:BitrateLimit></tt:RateControl><tt:H264><tt:GovLength>%5$d</tt:GovLength>\
        <tt:H264Profile>Main</tt:H264Profile></tt:H264><tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type>\
        <tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>0</tt:TTL>\
        <tt:AutoStart>false</tt:AutoStart></tt:Multicast><tt:SessionTimeout>PT60S</tt:SessionTimeout>\
        </tt:VideoEncoderConfiguration>\
        """
                        .formatted(token, width, height, fps, gop, kbps)
                + (script.ptz()
                        ? """
                        <tt:PTZConfiguration token="drive"><tt:Name>drive</tt:Name><tt:UseCount>2</tt:UseCount>\
                        <tt:NodeToken>node</tt:NodeToken></tt:PTZConfiguration>\
                        """
                        : "")
                + "</trt:Profiles>";
    }

    private URI stream(OnvifRequest request) {
        return switch (request.text("ProfileToken").orElse("")) {
            case "main" -> script.mainStream();
            case "sub" -> script.subStream();
            default ->
                    throw new Refusal(
                            "Sender", "ter:InvalidArgVal ter:NoProfile", "Profile does not exist");
        };
    }

    private @Nullable String media2(OnvifRequest request) {
        return switch (request.action()) {
            case "GetProfiles" ->
                    "<tr2:GetProfilesResponse>"
                            + profile2("main", "H265", 1920, 1080, 25, 50, 4096)
                            + profile2("sub", "H264", 640, 360, 15, 30, 512)
                            + "</tr2:GetProfilesResponse>";
            case "GetStreamUri" ->
                    "<tr2:GetStreamUriResponse><tr2:Uri>%s</tr2:Uri></tr2:GetStreamUriResponse>"
                            .formatted(stream(request));
            case "GetSnapshotUri" ->
                    """
                    <tr2:GetSnapshotUriResponse><tr2:Uri>http://%s/snapshot.jpg</tr2:Uri>\
                    </tr2:GetSnapshotUriResponse>\
                    """
                            .formatted(host);
            case "SetSynchronizationPoint" -> "<tr2:SetSynchronizationPointResponse/>";
            default -> null;
        };
    }

    private String profile2(
            String token, String codec, int width, int height, int fps, int gop, int kbps) {
        return """
        <tr2:Profiles token="%1$s" fixed="true"><tr2:Name>%1$s stream</tr2:Name><tr2:Configurations>\
        <tr2:VideoSource token="sourceconfig"><tt:Name>source</tt:Name><tt:UseCount>2</tt:UseCount>\
        <tt:SourceToken>source</tt:SourceToken><tt:Bounds x="0" y="0" width="1920" height="1080"/></tr2:VideoSource>\
        <tr2:VideoEncoder token="%1$sencoder" GovLength="%6$d"><tt:Name>%1$s</tt:Name><tt:UseCount>1</tt:UseCount>\
        <tt:Encoding>%2$s</tt:Encoding><tt:Resolution><tt:Width>%3$d</tt:Width><tt:Height>%4$d</tt:Height>\
        </tt:Resolution><tt:RateControl><tt:FrameRateLimit>%5$d</tt:FrameRateLimit>\
        <tt:BitrateLimit>%7$d</tt:BitrateLimit></tt:RateControl><tt:Quality>4</tt:Quality></tr2:VideoEncoder>\
        """
                        .formatted(token, codec, width, height, fps, gop, kbps)
                + (script.ptz()
                        ? """
                        <tr2:PTZ token="drive"><tt:Name>drive</tt:Name><tt:UseCount>2</tt:UseCount>\
                        <tt:NodeToken>node</tt:NodeToken></tr2:PTZ>\
                        """
                        : "")
                + "</tr2:Configurations></tr2:Profiles>";
    }

    private @Nullable String ptz(OnvifRequest request) {
        if (request.has("ProfileToken")) {
            stream(request); // knows the profile, or refuses
        }
        return switch (request.action()) {
            case "GetNodes" -> "<tptz:GetNodesResponse>" + node() + "</tptz:GetNodesResponse>";
            case "GetConfigurations" ->
                    """
                    <tptz:GetConfigurationsResponse><tptz:PTZConfiguration token="drive"><tt:Name>drive</tt:Name>\
                    <tt:UseCount>2</tt:UseCount><tt:NodeToken>node</tt:NodeToken></tptz:PTZConfiguration>\
                    </tptz:GetConfigurationsResponse>\
                    """;
            case "ContinuousMove" -> {
                Duration timeout =
                        request.text("Timeout").map(Duration::parse).orElse(Duration.ofSeconds(10));
                drive.move(pan(request), tilt(request), zoom(request), timeout.toNanos());
                yield "<tptz:ContinuousMoveResponse/>";
            }
            case "AbsoluteMove" -> {
                drive.goTo(inRange(new Position(pan(request), tilt(request), zoom(request))));
                yield "<tptz:AbsoluteMoveResponse/>";
            }
            case "RelativeMove" -> {
                drive.shift(pan(request), tilt(request), zoom(request));
                yield "<tptz:RelativeMoveResponse/>";
            }
            case "Stop" -> {
                drive.stop();
                yield "<tptz:StopResponse/>";
            }
            case "GotoHomePosition" -> {
                drive.goTo(Position.HOME);
                yield "<tptz:GotoHomePositionResponse/>";
            }
            case "GetPresets" -> presets();
            case "SetPreset" ->
                    "<tptz:SetPresetResponse><tptz:PresetToken>%s</tptz:PresetToken></tptz:SetPresetResponse>"
                            .formatted(
                                    drive.setPreset(
                                            request.text("PresetToken").orElse(null),
                                            request.text("PresetName").orElse("preset")));
            case "GotoPreset" -> {
                known(drive.gotoPreset(request.text("PresetToken").orElse("")));
                yield "<tptz:GotoPresetResponse/>";
            }
            case "RemovePreset" -> {
                known(drive.removePreset(request.text("PresetToken").orElse("")));
                yield "<tptz:RemovePresetResponse/>";
            }
            case "GetStatus" -> status();
            default -> null;
        };
    }

    private static void known(boolean preset) {
        if (!preset) {
            throw new Refusal(
                    "Sender",
                    "ter:InvalidArgVal ter:NoToken",
                    "The requested preset token does not exist");
        }
    }

    private static Position inRange(Position position) {
        if (position.zoom() < 0) {
            throw new Refusal(
                    "Sender",
                    "ter:InvalidArgVal ter:InvalidPosition",
                    "The position is out of bounds");
        }
        return position;
    }

    private static double pan(OnvifRequest request) {
        return request.number("PanTilt", "x").orElse(0.0);
    }

    private static double tilt(OnvifRequest request) {
        return request.number("PanTilt", "y").orElse(0.0);
    }

    private static double zoom(OnvifRequest request) {
        return request.number("Zoom", "x").orElse(0.0);
    }

    private static String node() {
        String range = "<tt:Min>-1</tt:Min><tt:Max>1</tt:Max>";
        var spaces = new StringBuilder();
        for (String kind : new String[] {"Absolute", "Relative", "Continuous"}) {
            String what =
                    switch (kind) {
                        case "Absolute" -> "Position";
                        case "Relative" -> "Translation";
                        default -> "Velocity";
                    };
            String space = what + "GenericSpace";
            spaces.append(
                    """
                    <tt:%1$sPanTilt%2$sSpace><tt:URI>http://www.onvif.org/ver10/tptz/PanTiltSpaces/%3$s</tt:URI>\
                    <tt:XRange>%4$s</tt:XRange><tt:YRange>%4$s</tt:YRange></tt:%1$sPanTilt%2$sSpace>\
                    <tt:%1$sZoom%2$sSpace><tt:URI>http://www.onvif.org/ver10/tptz/ZoomSpaces/%3$s</tt:URI>\
                    <tt:XRange>%5$s</tt:XRange></tt:%1$sZoom%2$sSpace>\
                    """
                            .formatted(
                                    kind,
                                    what,
                                    space,
                                    range,
                                    kind.equals("Absolute")
                                            ? "<tt:Min>0</tt:Min><tt:Max>1</tt:Max>"
                                            : range));
        }
        return """
        <tptz:PTZNode token="node" FixedHomePosition="false"><tt:Name>node</tt:Name><tt:SupportedPTZSpaces>%s\
        </tt:SupportedPTZSpaces><tt:MaximumNumberOfPresets>64</tt:MaximumNumberOfPresets>\
        <tt:HomeSupported>true</tt:HomeSupported></tptz:PTZNode>\
        """
                .formatted(spaces);
    }

    private String presets() {
        var presets = new StringBuilder("<tptz:GetPresetsResponse>");
        drive.presets()
                .forEach((token, preset) ->
                        presets.append(
                                "<tptz:Preset token=\"%s\"><tt:Name>%s</tt:Name></tptz:Preset>"
                                        .formatted(token, escaped(preset.name()))));
        return presets.append("</tptz:GetPresetsResponse>").toString();
    }

    private String status() {
        Position at = drive.position();
        String move = drive.moving() ? "MOVING" : "IDLE";
        return String.format(
                Locale.ROOT,
                """
                <tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="%.4f" y="%.4f"/>\
                <tt:Zoom x="%.4f"/></tt:Position><tt:MoveStatus><tt:PanTilt>%s</tt:PanTilt><tt:Zoom>%s</tt:Zoom>\
                </tt:MoveStatus><tt:UtcTime>%s</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>\
                """,
                at.pan(),
                at.tilt(),
                at.zoom(),
                move,
                move,
                now());
    }

    private @Nullable String imaging(OnvifRequest request) {
        if (!request.text("VideoSourceToken").orElse("").equals("source")) {
            throw new Refusal(
                    "Sender", "ter:InvalidArgVal ter:NoSource", "The video source does not exist");
        }
        return switch (request.action()) {
            case "GetImagingSettings" ->
                    """
                    <timg:GetImagingSettingsResponse><timg:ImagingSettings>%s%s%s<tt:IrCutFilter>AUTO</tt:IrCutFilter>%s\
                    </timg:ImagingSettings></timg:GetImagingSettingsResponse>\
                    """
                            .formatted(
                                    setting("Brightness"),
                                    setting("ColorSaturation"),
                                    setting("Contrast"),
                                    setting("Sharpness"));
            case "SetImagingSettings" -> {
                for (String name : picture.keySet()) {
                    request.text(name)
                            .map(Double::parseDouble)
                            .ifPresent(value -> {
                                if (value < 0 || value > 100) {
                                    throw new Refusal(
                                            "Sender",
                                            "ter:InvalidArgVal ter:SettingsInvalid",
                                            "The requested settings are incorrect");
                                }
                                picture.put(name, value);
                            });
                }
                yield "<timg:SetImagingSettingsResponse/>";
            }
            case "GetOptions" ->
                    """
                    <timg:GetOptionsResponse><timg:ImagingOptions>%s%s%s<tt:IrCutFilterModes>ON</tt:IrCutFilterModes>\
                    <tt:IrCutFilterModes>OFF</tt:IrCutFilterModes><tt:IrCutFilterModes>AUTO</tt:IrCutFilterModes>%s\
                    </timg:ImagingOptions></timg:GetOptionsResponse>\
                    """
                            .formatted(
                                    range("Brightness"),
                                    range("ColorSaturation"),
                                    range("Contrast"),
                                    range("Sharpness"));
            case "GetMoveOptions" ->
                    """
                    <timg:GetMoveOptionsResponse><timg:MoveOptions><tt:Continuous><tt:Speed><tt:Min>-7</tt:Min>\
                    <tt:Max>7</tt:Max></tt:Speed></tt:Continuous></timg:MoveOptions></timg:GetMoveOptionsResponse>\
                    """;
            case "Move" -> {
                picture.put("FocusSpeed", Double.parseDouble(request.text("Speed").orElse("0")));
                yield "<timg:MoveResponse/>";
            }
            case "Stop" -> {
                picture.put("FocusSpeed", 0.0);
                yield "<timg:StopResponse/>";
            }
            default -> null;
        };
    }

    private String setting(String name) {
        return "<tt:%1$s>%2$s</tt:%1$s>".formatted(name, picture.getOrDefault(name, 0.0));
    }

    private static String range(String name) {
        return "<tt:%1$s><tt:Min>0</tt:Min><tt:Max>100</tt:Max></tt:%1$s>".formatted(name);
    }

    private @Nullable String events(OnvifRequest request) throws InterruptedException {
        if (request.action().equals("CreatePullPointSubscription")) {
            return """
            <tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>%s</wsa:Address>\
            <wsa:ReferenceParameters><axis:SubscriptionId xmlns:axis="%s">%s</axis:SubscriptionId>\
            </wsa:ReferenceParameters></tev:SubscriptionReference><wsnt:CurrentTime>%s</wsnt:CurrentTime>\
            <wsnt:TerminationTime>%s</wsnt:TerminationTime></tev:CreatePullPointSubscriptionResponse>\
            """
                    .formatted(xaddr("subscription"), AXIS, events.subscribe(), now(), later());
        }
        String id = request.text("SubscriptionId").orElse(null);
        if (id == null || !events.knows(id)) {
            throw new Refusal(
                    "Receiver", "wsrf-rw:ResourceUnknownFault", "The subscription does not exist");
        }
        return switch (request.action()) {
            case "PullMessages" ->
                    """
                    <tev:PullMessagesResponse><tev:CurrentTime>%s</tev:CurrentTime>\
                    <tev:TerminationTime>%s</tev:TerminationTime>%s</tev:PullMessagesResponse>\
                    """
                            .formatted(
                                    now(),
                                    later(),
                                    events.pull(
                                            id,
                                            request.text("Timeout")
                                                    .map(Duration::parse)
                                                    .orElse(Duration.ZERO),
                                            request.text("MessageLimit")
                                                    .map(Integer::parseInt)
                                                    .orElse(1)));
            case "Renew" ->
                    """
                    <wsnt:RenewResponse><wsnt:TerminationTime>%s</wsnt:TerminationTime>\
                    <wsnt:CurrentTime>%s</wsnt:CurrentTime></wsnt:RenewResponse>\
                    """
                            .formatted(later(), now());
            case "Unsubscribe" -> {
                events.unsubscribe(id);
                yield "<wsnt:UnsubscribeResponse/>";
            }
            default -> null;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Instant later() {
        return now().plusSeconds(60);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
