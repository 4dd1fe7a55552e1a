package id.pantau.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers WS-Discovery probes for a simulated camera: those sent to it alone, and on machines that
/// allow it, those to the multicast group. Answers twice, as devices with two interfaces do.
final class OnvifResponder implements AutoCloseable {
    private static final int PORT = 3702;
    private static final Pattern MESSAGE_ID =
            Pattern.compile("<[\\w-]+:MessageID[^>]*>([^<]{1,200})</");

    private final MulticastSocket alone;
    private final MulticastSocket group;
    private final boolean inGroup;
    private final String xaddr;
    private final String endpoint = "urn:uuid:" + UUID.randomUUID();

    private OnvifResponder(
            MulticastSocket alone, MulticastSocket group, boolean inGroup, String xaddr) {
        this.alone = alone;
        this.group = group;
        this.inGroup = inGroup;
        this.xaddr = xaddr;
        Thread.ofVirtual().name("onvif-probe").start(() -> run(alone));
        Thread.ofVirtual().name("onvif-group").start(() -> run(group));
    }

    static OnvifResponder start(String xaddr) throws IOException {
        var alone = new MulticastSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        MulticastSocket group = null;
        boolean joined = false;
        try {
            group = new MulticastSocket(PORT);
            var address = new InetSocketAddress("239.255.255.250", PORT);
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (one.isUp() && one.supportsMulticast()) {
                    group.joinGroup(address, one);
                    joined = true;
                }
            }
        } catch (IOException _) {
            joined = false; // the port is taken, or there is no interface to join on
        }
        return new OnvifResponder(alone, group == null ? alone : group, joined, xaddr);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), alone.getLocalPort());
    }

    boolean inGroup() {
        return inGroup;
    }

    String endpoint() {
        return endpoint;
    }

    private void run(MulticastSocket socket) {
        byte[] buffer = new byte[65_536];
        while (!socket.isClosed()) {
            try {
                var probe = new DatagramPacket(buffer, buffer.length);
                socket.receive(probe);
                String text =
                        new String(
                                Arrays.copyOf(buffer, probe.getLength()), StandardCharsets.UTF_8);
                Matcher id = MESSAGE_ID.matcher(text);
                if (text.contains("/discovery/Probe<") && id.find()) {
                    byte[] answer = answer(id.group(1)).getBytes(StandardCharsets.UTF_8);
                    var datagram =
                            new DatagramPacket(answer, answer.length, probe.getSocketAddress());
                    socket.send(datagram);
                    socket.send(datagram);
                }
            } catch (IOException _) {
                // closed, or a prober that has gone
            }
        }
    }

    private String answer(String relatesTo) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"\
         xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"\
         xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"\
         xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><SOAP-ENV:Header>\
        <wsa:MessageID>urn:uuid:%s</wsa:MessageID><wsa:RelatesTo>%s</wsa:RelatesTo>\
        <wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To>\
        <wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action>\
        </SOAP-ENV:Header><SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch><wsa:EndpointReference>\
        <wsa:Address>%s</wsa:Address></wsa:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>\
        <d:Scopes>onvif://www.onvif.org/type/ptz onvif://www.onvif.org/name/Simulated%%20Dome\
         onvif://www.onvif.org/hardware/SIM-1 onvif://www.onvif.org/location/city/Bandung</d:Scopes>\
        <d:XAddrs>%s</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches>\
        </SOAP-ENV:Body></SOAP-ENV:Envelope>\
        """
                .formatted(UUID.randomUUID(), relatesTo, endpoint, xaddr);
    }

    @Override
    public void close() {
        alone.close();
        group.close();
    }
}
