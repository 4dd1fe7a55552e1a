package id.pantau.server.onvif;

import java.util.Arrays;
import java.util.Optional;

/// The services of a device that are used here.
public enum Service {
    DEVICE("http://www.onvif.org/ver10/device/wsdl", "Device"),
    MEDIA("http://www.onvif.org/ver10/media/wsdl", "Media"),
    MEDIA2("http://www.onvif.org/ver20/media/wsdl", ""),
    PTZ("http://www.onvif.org/ver20/ptz/wsdl", "PTZ"),
    IMAGING("http://www.onvif.org/ver20/imaging/wsdl", "Imaging"),
    EVENTS("http://www.onvif.org/ver10/events/wsdl", "Events"),
    DEVICE_IO("http://www.onvif.org/ver10/deviceIO/wsdl", "DeviceIO");

    private final String namespace;
    private final String capability;

    Service(String namespace, String capability) {
        this.namespace = namespace;
        this.capability = capability;
    }

    /// The namespace of its WSDL.
    public String namespace() {
        return namespace;
    }

    /// Its element in `tt:Capabilities`; empty when it has none there.
    String capability() {
        return capability;
    }

    static Optional<Service> ofNamespace(String namespace) {
        return Arrays.stream(values()).filter(one -> one.namespace.equals(namespace)).findFirst();
    }
}
