package id.pantau.server.onvif;

import id.pantau.server.onvif.OnvifException.Category;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A device's streams. Media2 is asked where it is there, because only it knows H.265; Media
/// otherwise.
public final class Media {
    private static final int MOST_PROFILES = 256;

    private final OnvifDevice device;
    private final OwnAddresses addresses;

    Media(OnvifDevice device, OwnAddresses addresses) {
        this.device = device;
        this.addresses = addresses;
    }

    /// In the device's order, which mostly begins with the main stream.
    public List<MediaProfile> profiles() {
        if (device.has(Service.MEDIA2)) {
            try {
                List<MediaProfile> profiles = profiles2();
                if (!profiles.isEmpty() || !device.has(Service.MEDIA)) {
                    return profiles;
                }
            } catch (OnvifException e) {
                if (!mediaMayDo(e)) {
                    throw e;
                }
            }
        }
        return device
                .call(Service.MEDIA, "GetProfiles", "<trt:GetProfiles/>")
                .children("Profiles")
                .stream()
                .limit(MOST_PROFILES)
                .map(MediaProfile::ofMedia)
                .toList();
    }

    private List<MediaProfile> profiles2() {
        return device
                .call(
                        Service.MEDIA2,
                        "GetProfiles",
                        "<tr2:GetProfiles><tr2:Type>All</tr2:Type></tr2:GetProfiles>")
                .children("Profiles")
                .stream()
                .limit(MOST_PROFILES)
                .map(MediaProfile::ofMedia2)
                .toList();
    }

    /// Where a profile plays over RTSP. Holds no user name.
    ///
    /// @throws OnvifException NOT_ONVIF when the device gives no RTSP address
    public URI streamUri(String profile) {
        String token = Soap.escaped(profile);
        XmlElement response =
                askEither(
                        "GetStreamUri",
                        """
                        <tr2:GetStreamUri><tr2:Protocol>RTSP</tr2:Protocol>\
                        <tr2:ProfileToken>%s</tr2:ProfileToken></tr2:GetStreamUri>\
                        """
                                .formatted(token),
                        """
                        <trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream>\
                        <tt:Transport><tt:Protocol>RTSP</tt:Protocol></tt:Transport>\
                        </trt:StreamSetup><trt:ProfileToken>%s</trt:ProfileToken>\
                        </trt:GetStreamUri>\
                        """
                                .formatted(token));
        String given = uri(response);
        return addresses
                .media(given, List.of("rtsp", "rtsps"))
                .orElseThrow(() ->
                        new OnvifException(
                                Category.NOT_ONVIF,
                                "%s gives no RTSP address for profile %s."
                                        .formatted(
                                                device.address().authority(),
                                                Soap.shortened(profile))));
    }

    /// Where a JPEG of a profile is; empty when the device has none.
    public Optional<URI> findSnapshotUri(String profile) {
        String token = Soap.escaped(profile);
        try {
            XmlElement response =
                    askEither(
                            "GetSnapshotUri",
                            """
                            <tr2:GetSnapshotUri><tr2:ProfileToken>%s</tr2:ProfileToken>\
                            </tr2:GetSnapshotUri>\
                            """
                                    .formatted(token),
                            """
                            <trt:GetSnapshotUri><trt:ProfileToken>%s</trt:ProfileToken>\
                            </trt:GetSnapshotUri>\
                            """
                                    .formatted(token));
            return addresses.media(uri(response), List.of("http", "https"));
        } catch (OnvifException e) {
            if (mediaMayDo(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Asks for a key frame now.
    public void setSynchronizationPoint(String profile) {
        String token = Soap.escaped(profile);
        askEither(
                "SetSynchronizationPoint",
                """
                <tr2:SetSynchronizationPoint><tr2:ProfileToken>%s</tr2:ProfileToken>\
                </tr2:SetSynchronizationPoint>\
                """
                        .formatted(token),
                """
                <trt:SetSynchronizationPoint><trt:ProfileToken>%s</trt:ProfileToken>\
                </trt:SetSynchronizationPoint>\
                """
                        .formatted(token));
    }

    /// Tokens of the loudspeakers: with one, the device may take an audio backchannel (ONVIF
    /// Streaming §5.3). Empty when it has none, or no service that would know.
    public List<String> audioOutputs() {
        try {
            XmlElement response =
                    device.has(Service.DEVICE_IO)
                            ? device.call(
                                    Service.DEVICE_IO, "GetAudioOutputs", "<tmd:GetAudioOutputs/>")
                            : device.call(
                                    Service.MEDIA, "GetAudioOutputs", "<trt:GetAudioOutputs/>");
            return response.children().stream()
                    .filter(one -> one.name().equals("AudioOutputs") || one.name().equals("Token"))
                    .map(one ->
                            one.attribute("token").isEmpty() ? one.text() : one.attribute("token"))
                    .filter(token -> !token.isEmpty())
                    .toList();
        } catch (OnvifException e) {
            if (e.category() == Category.NOT_SUPPORTED
                    || e.category() == Category.REQUEST_REFUSED) {
                return List.of();
            }
            throw e;
        }
    }

    private XmlElement askEither(String action, String body2, String body) {
        if (device.has(Service.MEDIA2)) {
            try {
                return device.call(Service.MEDIA2, action, body2);
            } catch (OnvifException e) {
                if (!mediaMayDo(e) || !device.has(Service.MEDIA)) {
                    throw e;
                }
            }
        }
        return device.call(Service.MEDIA, action, body);
    }

    /// Some devices announce a Media2 that refuses everything.
    private static boolean mediaMayDo(OnvifException e) {
        return e.category() == Category.NOT_SUPPORTED || e.category() == Category.REQUEST_REFUSED;
    }

    /// Media has `MediaUri/Uri`, Media2 `Uri`.
    private static String uri(XmlElement response) {
        return response.find("Uri").map(XmlElement::text).orElse("");
    }
}
