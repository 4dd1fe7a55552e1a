package id.pantau.server.web;

import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.onvif.Credentials;
import id.pantau.server.onvif.DeviceAddress;
import id.pantau.server.onvif.Discovery;
import id.pantau.server.onvif.FoundDevice;
import id.pantau.server.onvif.Media;
import id.pantau.server.onvif.MediaProfile;
import id.pantau.server.onvif.Onvif;
import id.pantau.server.onvif.OnvifDevice;
import id.pantau.server.onvif.OnvifException;
import id.pantau.server.onvif.OnvifException.Category;
import id.pantau.server.onvif.SubnetHosts;
import id.pantau.server.onvif.VideoEncoding;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Finds devices on the network and asks one what streams it has, before it is added.
@Tag(name = "ONVIF")
@RestController
@RequestMapping("/api/v1/onvif")
class OnvifController {
    private static final Duration SEARCH = Duration.ofSeconds(3);
    private static final int AT_ONCE = 4;
    private static final int MOST_NAMED = 16;

    /// A recorder has a pair of profiles for each of up to 64 channels; each URL is a question.
    private static final int MOST_URLS = 32;

    private final Discovery discovery;
    private final Onvif onvif;
    private final Cameras cameras;
    private final Semaphore searching = new Semaphore(1);
    private final Semaphore asking = new Semaphore(AT_ONCE);

    OnvifController(Discovery discovery, Onvif onvif, Cameras cameras) {
        this.discovery = discovery;
        this.onvif = onvif;
        this.cameras = cameras;
    }

    @Operation(summary = "Search the network for ONVIF devices; takes 3 s")
    @PostMapping("/discover")
    List<OnvifTypes.FoundView> discover(@RequestBody OnvifTypes.DiscoverInput input)
            throws InterruptedException {
        List<InetSocketAddress> hosts = hosts(input.hosts());
        if (!searching.tryAcquire()) {
            throw busy();
        }
        try {
            return discovery.search(hosts, SEARCH).stream()
                    .map(found -> OnvifTypes.FoundView.of(found, camerasAt(found)))
                    .toList();
        } finally {
            searching.release();
        }
    }

    private static List<InetSocketAddress> hosts(@Nullable List<String> named) {
        if (named == null) {
            return List.of();
        }
        var hosts = new ArrayList<InetSocketAddress>();
        for (String text : named) {
            hosts.addAll(
                    SubnetHosts.parse(String.valueOf(text), Discovery.PORT)
                            .orElseThrow(() -> wrongHosts("is no host or subnet of /22 to /32")));
        }
        if (named.size() > MOST_NAMED || hosts.size() > Discovery.MOST_HOSTS) {
            throw wrongHosts("names more than %d hosts".formatted(Discovery.MOST_HOSTS));
        }
        return hosts;
    }

    private static ApiProblem wrongHosts(String why) {
        return ApiProblem.invalid("hosts", "onvif.hostsInvalid", why);
    }

    private List<String> camerasAt(FoundDevice found) {
        String host = found.address().host();
        return cameras.list().stream()
                .filter(camera -> isAt(camera, host))
                .map(camera -> camera.id().value())
                .toList();
    }

    private static boolean isAt(Camera camera, String host) {
        DeviceAddress known = camera.onvif();
        return host.equals(camera.main().url().getHost())
                || known != null && host.equals(known.host());
    }

    @Operation(summary = "Sign in to a device and list its media profiles")
    @PostMapping("/profiles")
    OnvifTypes.ProfilesView profiles(@RequestBody OnvifTypes.ProfilesInput input) {
        DeviceAddress address =
                DeviceAddress.parse(Required.field("address", input.address()))
                        .orElseThrow(() ->
                                ApiProblem.invalid(
                                        "address",
                                        "camera.onvifInvalid",
                                        "must look like 192.168.1.10:80"));
        String username = input.username();
        String password = input.password();
        Credentials credentials =
                username == null || username.isEmpty()
                        ? null
                        : new Credentials(username, password == null ? "" : password);
        if (!asking.tryAcquire()) {
            throw busy();
        }
        try {
            return view(onvif.connect(address, credentials));
        } finally {
            asking.release();
        }
    }

    private static OnvifTypes.ProfilesView view(OnvifDevice device) {
        var facts = OnvifTypes.DeviceView.of(device.facts());
        Media media = device.media();
        var views = new ArrayList<OnvifTypes.ProfileView>();
        for (MediaProfile profile : media.profiles()) {
            boolean asks = views.size() < MOST_URLS;
            views.add(view(media, profile, asks));
        }
        int outputs = media.audioOutputs().size();
        return new OnvifTypes.ProfilesView(
                device.address().url(),
                facts,
                views,
                device.clockOffset().map(Duration::toMillis).orElse(null),
                outputs,
                device.findings().stream().map(OnvifTypes.OnvifFindingView::of).toList());
    }

    private static OnvifTypes.ProfileView view(Media media, MediaProfile profile, boolean asks) {
        VideoEncoding video = profile.video();
        URI url = asks ? orNull(() -> media.streamUri(profile.token())) : null;
        URI snapshot = asks ? media.findSnapshotUri(profile.token()).orElse(null) : null;
        return new OnvifTypes.ProfileView(
                profile.token(),
                profile.name(),
                video == null ? null : OnvifTypes.EncodingView.of(video),
                profile.audioCodec(),
                profile.hasPtz(),
                url == null ? null : url.toString(),
                snapshot == null ? null : snapshot.toString());
    }

    /// One profile without a stream does not hide the others.
    private static <T> @Nullable T orNull(Supplier<T> question) {
        try {
            return question.get();
        } catch (OnvifException e) {
            if (e.category() == Category.REQUEST_REFUSED
                    || e.category() == Category.NOT_SUPPORTED
                    || e.category() == Category.NOT_ONVIF) {
                return null;
            }
            throw e;
        }
    }

    private static ApiProblem busy() {
        return ApiProblem.of(
                HttpStatus.TOO_MANY_REQUESTS,
                "onvif.busy",
                "the network is being searched already; try again in a few seconds");
    }
}
