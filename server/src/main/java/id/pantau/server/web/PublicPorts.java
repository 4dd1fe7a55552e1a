package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.settings.PublicAddress;
import id.pantau.server.settings.PublicAddress.Service;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ports of the router in front of the server; one that is absent is the server's own.
@JsonInclude(JsonInclude.Include.NON_NULL)
record PublicPorts(
        @Nullable Integer http,
        @Nullable Integer https,
        @Nullable Integer rtsp,
        @Nullable Integer rtsps,
        @Nullable Integer rtmp,
        @Nullable Integer rtmps,
        @Nullable Integer webrtc) {
    static PublicPorts of(PublicAddress address) {
        Map<Service, Integer> ports = address.ports();
        return new PublicPorts(
                ports.get(Service.HTTP),
                ports.get(Service.HTTPS),
                ports.get(Service.RTSP),
                ports.get(Service.RTSPS),
                ports.get(Service.RTMP),
                ports.get(Service.RTMPS),
                ports.get(Service.WEBRTC));
    }

    Map<Service, Integer> toMap() {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        put(ports, Service.HTTP, http);
        put(ports, Service.HTTPS, https);
        put(ports, Service.RTSP, rtsp);
        put(ports, Service.RTSPS, rtsps);
        put(ports, Service.RTMP, rtmp);
        put(ports, Service.RTMPS, rtmps);
        put(ports, Service.WEBRTC, webrtc);
        return ports;
    }

    private static void put(Map<Service, Integer> ports, Service service, @Nullable Integer port) {
        if (port != null) {
            ports.put(service, port);
        }
    }
}
