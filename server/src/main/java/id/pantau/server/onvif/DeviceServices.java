package id.pantau.server.onvif;

import java.util.EnumMap;
import java.util.Map;

/// Where a device's services are, as it says.
final class DeviceServices {
    private DeviceServices() {}

    /// From a GetServicesResponse.
    static Map<Service, DeviceAddress> ofServices(XmlElement response, OwnAddresses addresses) {
        Map<Service, DeviceAddress> found = new EnumMap<>(Service.class);
        for (XmlElement one : response.children("Service")) {
            Service.ofNamespace(one.text("Namespace"))
                    .ifPresent(service ->
                            addresses
                                    .service(one.text("XAddr"))
                                    .ifPresent(at -> found.putIfAbsent(service, at)));
        }
        return found;
    }

    /// From a GetCapabilitiesResponse; what came after ONVIF 1.0 is in its Extension.
    static Map<Service, DeviceAddress> ofCapabilities(XmlElement response, OwnAddresses addresses) {
        Map<Service, DeviceAddress> found = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            if (service.capability().isEmpty()) {
                continue;
            }
            response.at("Capabilities", service.capability())
                    .or(() -> response.at("Capabilities", "Extension", service.capability()))
                    .flatMap(one -> addresses.service(one.text("XAddr")))
                    .ifPresent(at -> found.put(service, at));
        }
        return found;
    }
}
