package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.onvif.DeviceFacts;
import id.pantau.server.onvif.Finding;
import id.pantau.server.onvif.FoundDevice;
import id.pantau.server.onvif.VideoEncoding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Devices on the network as JSON.
final class OnvifTypes {
    private OnvifTypes() {}

    /// @param hosts hosts or subnets (`192.168.1.0/24`) asked besides the multicast group
    record DiscoverInput(@Nullable List<String> hosts) {}

    /// @param cameras ids of cameras that are at that host already
    record FoundView(
            String endpoint,
            String address,
            String name,
            String hardware,
            String location,
            List<String> cameras) {
        static FoundView of(FoundDevice device, List<String> cameras) {
            return new FoundView(
                    device.endpoint(),
                    device.address().url(),
                    device.name(),
                    device.hardware(),
                    device.location(),
                    cameras);
        }
    }

    record ProfilesInput(
            @Wanted @Nullable String address,
            @Nullable String username,
            @Nullable String password) {
        @Override
        public String toString() {
            return "ProfilesInput[" + address + ']';
        }
    }

    record EncodingView(
            String codec, int widthPx, int heightPx, double fps, int gopPictures, int bitrateKbps) {
        static EncodingView of(VideoEncoding video) {
            return new EncodingView(
                    video.codec(),
                    video.widthPx(),
                    video.heightPx(),
                    video.fps(),
                    video.gopPictures(),
                    video.bitrateKbps());
        }
    }

    /// @param url without user name; null when the device gives none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProfileView(
            String token,
            String name,
            @Nullable EncodingView video,
            String audioCodec,
            boolean ptz,
            @Nullable String url,
            @Nullable String snapshotUrl) {}

    record DeviceView(
            String manufacturer,
            String model,
            String firmwareVersion,
            String serialNumber,
            String hardwareId) {
        static DeviceView of(DeviceFacts facts) {
            return new DeviceView(
                    facts.manufacturer(),
                    facts.model(),
                    facts.firmwareVersion(),
                    facts.serialNumber(),
                    facts.hardwareId());
        }
    }

    record OnvifFindingView(String code, String detail, Map<String, String> params) {
        static OnvifFindingView of(Finding finding) {
            return new OnvifFindingView(finding.code(), finding.sentence(), finding.params());
        }
    }

    /// @param clockOffsetMs positive when the camera's clock is ahead; null when it does not tell
    /// @param audioOutputs loudspeakers; with one, it may take an audio backchannel
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProfilesView(
            String address,
            DeviceView device,
            List<ProfileView> profiles,
            @Nullable Long clockOffsetMs,
            int audioOutputs,
            List<OnvifFindingView> findings) {}
}
