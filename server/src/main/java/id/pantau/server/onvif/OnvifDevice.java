package id.pantau.server.onvif;

import id.pantau.server.onvif.OnvifException.Category;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A device that answered. Every method asks it, takes up to 8 s, and throws an [OnvifException]
/// with the device's reason when it refuses. Thread-safe; holds no connection.
public final class OnvifDevice {
    private final DeviceAddress address;
    private final SoapClient client;
    private final OwnAddresses addresses;
    private final Map<Service, DeviceAddress> services;

    private OnvifDevice(
            DeviceAddress address,
            SoapClient client,
            OwnAddresses addresses,
            Map<Service, DeviceAddress> services) {
        this.address = address;
        this.client = client;
        this.addresses = addresses;
        this.services = new EnumMap<>(services);
    }

    static OnvifDevice of(DeviceAddress address, SoapClient client, OwnAddresses addresses) {
        Map<Service, DeviceAddress> services = new EnumMap<>(Service.class);
        services.put(Service.DEVICE, address);
        var device = new OnvifDevice(address, client, addresses, services);
        Map<Service, DeviceAddress> found = device.askServices();
        found.putIfAbsent(Service.DEVICE, address);
        return new OnvifDevice(address, client, addresses, found);
    }

    public DeviceAddress address() {
        return address;
    }

    /// Those the device names.
    public Set<Service> services() {
        return Set.copyOf(services.keySet());
    }

    /// How far the device's clock is ahead of ours, good to about half a second; empty when it does
    /// not tell.
    public Optional<Duration> clockOffset() {
        return client.offset();
    }

    /// Reads the device's clock once more.
    public void readClock() {
        client.readClock(address);
    }

    /// What was unusual so far, the clock included.
    public List<Finding> findings() {
        var findings = new ArrayList<>(addresses.findings());
        Optional<Duration> offset = clockOffset();
        if (offset.isEmpty()) {
            findings.add(
                    new Finding(
                            "onvif.clockUnknown",
                            "The camera does not tell its time; if its clock is wrong, it refuses"
                                    + " the right password.",
                            Map.of()));
        } else if (offset.get().abs().compareTo(DeviceClock.NOTICEABLE) > 0) {
            long seconds = offset.get().toSeconds();
            findings.add(
                    new Finding(
                            "onvif.clockOffset",
                            ("The camera's clock is %d s %s. Its own time stamps and events are off by"
                                            + " as much; set it to a time server.")
                                    .formatted(Math.abs(seconds), seconds > 0 ? "ahead" : "behind"),
                            Map.of("seconds", Long.toString(seconds))));
        }
        return List.copyOf(findings);
    }

    /// GetDeviceInformation.
    public DeviceFacts facts() {
        return DeviceFacts.of(
                call(Service.DEVICE, "GetDeviceInformation", "<tds:GetDeviceInformation/>"));
    }

    /// GetHostname; empty when it has none.
    public String hostname() {
        XmlElement response = call(Service.DEVICE, "GetHostname", "<tds:GetHostname/>");
        return Soap.shortened(response.text("HostnameInformation", "Name"));
    }

    /// GetNetworkInterfaces.
    public List<NetworkPort> networkPorts() {
        return call(Service.DEVICE, "GetNetworkInterfaces", "<tds:GetNetworkInterfaces/>")
                .children("NetworkInterfaces")
                .stream()
                .map(NetworkPort::of)
                .toList();
    }

    /// Restarts the device (SystemReboot). Its streams end for a minute or so.
    ///
    /// @return the device's words, may be empty
    public String reboot() {
        XmlElement response = call(Service.DEVICE, "SystemReboot", "<tds:SystemReboot/>");
        return Soap.shortened(response.text("Message"));
    }

    public Media media() {
        return new Media(this, addresses);
    }

    /// @throws OnvifException NOT_SUPPORTED
    public Ptz ptz() {
        require(Service.PTZ);
        return new Ptz(this);
    }

    /// @throws OnvifException NOT_SUPPORTED
    public Imaging imaging() {
        require(Service.IMAGING);
        return new Imaging(this);
    }

    /// Opens a PullPoint for the device's events.
    ///
    /// @throws OnvifException NOT_SUPPORTED, and whatever the device says
    public PullPoint subscribe() {
        require(Service.EVENTS);
        return PullPoint.create(this, addresses);
    }

    boolean has(Service service) {
        return services.containsKey(service);
    }

    XmlElement call(Service service, String action, String body) {
        return call(service, SoapClient.Request.of(service, action, body));
    }

    XmlElement call(Service service, SoapClient.Request request) {
        return call(require(service), request);
    }

    XmlElement call(DeviceAddress at, SoapClient.Request request) {
        return client.call(at, address, request);
    }

    DeviceAddress require(Service service) {
        DeviceAddress at = services.get(service);
        if (at == null) {
            throw new OnvifException(
                    Category.NOT_SUPPORTED,
                    "%s has no %s service.".formatted(address.authority(), service));
        }
        return at;
    }

    /// GetServices, or GetCapabilities of older devices.
    private Map<Service, DeviceAddress> askServices() {
        try {
            XmlElement response =
                    call(
                            Service.DEVICE,
                            "GetServices",
                            """
                            <tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability>\
                            </tds:GetServices>\
                            """);
            Map<Service, DeviceAddress> found = DeviceServices.ofServices(response, addresses);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (OnvifException e) {
            boolean older =
                    e.category() == Category.NOT_SUPPORTED
                            || e.category() == Category.REQUEST_REFUSED;
            if (!older) {
                throw e;
            }
        }
        XmlElement response =
                call(
                        Service.DEVICE,
                        "GetCapabilities",
                        """
                        <tds:GetCapabilities><tds:Category>All</tds:Category>\
                        </tds:GetCapabilities>\
                        """);
        return DeviceServices.ofCapabilities(response, addresses);
    }
}
