package id.pantau.server.onvif;

import id.pantau.server.onvif.XmlDocument.MalformedXmlException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Finds devices: asks the whole network by multicast, on every interface, and given hosts one by
/// one, because multicast does not pass a router (WS-Discovery April 2005, ONVIF Core §7). What
/// answers is bounded in size, number and time; each device is listed once, however many of its
/// interfaces answer.
public final class Discovery {
    /// Where WS-Discovery is spoken.
    public static final int PORT = 3702;

    public static final String GROUP = "239.255.255.250";

    /// How many hosts one search asks by themselves.
    public static final int MOST_HOSTS = 1024;

    static final int LARGEST_ANSWER = 32_768;
    private static final int MOST_ANSWERS = 4096;
    private static final int MOST_DEVICES = 1024;

    /// Datagrams get lost: each probe goes out again half-way.
    private static final int ROUNDS = 2;

    private static final int RECEIVE_BUFFER = 1 << 20; // a /24 answers within milliseconds

    private final AddressRules rules;

    /// @param rules asked about every host that is asked, and every one that answers
    public Discovery(AddressRules rules) {
        this.rules = rules;
    }

    /// Takes as long as `patience`.
    ///
    /// @param hosts asked besides the multicast group, at most [#MOST_HOSTS]; refused ones are left
    ///   out
    /// @return by name, then address
    public List<FoundDevice> search(List<InetSocketAddress> hosts, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var found = Collections.synchronizedMap(new HashMap<String, FoundDevice>());
        List<InetSocketAddress> allowed =
                hosts.stream().limit(MOST_HOSTS).filter(this::allows).toList();
        var tasks = new ArrayList<Runnable>();
        if (!allowed.isEmpty()) {
            tasks.add(() -> ask(null, allowed, deadline, patience, found));
        }
        var group = List.of(new InetSocketAddress(GROUP, PORT));
        for (Interface one : interfaces()) {
            tasks.add(() -> ask(one, group, deadline, patience, found));
        }
        var done = new CountDownLatch(tasks.size());
        List<Thread> threads =
                tasks.stream()
                        .map(task ->
                                Thread.ofVirtual()
                                        .name("discovery")
                                        .start(() -> {
                                            try {
                                                task.run();
                                            } finally {
                                                done.countDown();
                                            }
                                        }))
                        .toList();
        try {
            done.await();
        } finally {
            threads.forEach(Thread::interrupt);
        }
        return List.copyOf(found.values()).stream()
                .sorted(
                        Comparator.comparing(FoundDevice::name)
                                .thenComparing(device -> device.address().url()))
                .toList();
    }

    private record Interface(NetworkInterface network, Inet4Address address) {}

    private static List<Interface> interfaces() {
        var usable = new ArrayList<Interface>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!one.isUp() || !one.supportsMulticast()) {
                    continue;
                }
                Collections.list(one.getInetAddresses()).stream()
                        .filter(Inet4Address.class::isInstance)
                        .map(Inet4Address.class::cast)
                        .findFirst()
                        .ifPresent(address -> usable.add(new Interface(one, address)));
            }
        } catch (SocketException _) {
            // then no multicast; given hosts are asked all the same
        }
        return usable;
    }

    private void ask(
            @Nullable Interface one,
            List<InetSocketAddress> targets,
            long deadline,
            Duration patience,
            Map<String, FoundDevice> found) {
        try (var socket =
                new DatagramSocket(new InetSocketAddress(one == null ? null : one.address(), 0))) {
            if (one != null) {
                socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, one.network());
                socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            }
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            String id = UUID.randomUUID().toString();
            for (int round = ROUNDS - 1; round >= 0; round--) {
                send(socket, probe(id), targets);
                long until = deadline - patience.toNanos() / ROUNDS * round;
                receive(socket, id, until, one == null, found);
            }
        } catch (IOException _) {
            // an interface that went away, or has no route: the others go on
        }
    }

    private static void send(DatagramSocket socket, byte[] probe, List<InetSocketAddress> targets) {
        for (InetSocketAddress target : targets) {
            try {
                socket.send(new DatagramPacket(probe, probe.length, target));
            } catch (IOException _) {
                // one host without route; the others are asked
            }
        }
    }

    /// @param named whether these hosts were named by a person: then the address that answered to
    ///   that name is kept
    private void receive(
            DatagramSocket socket,
            String id,
            long untilNanos,
            boolean named,
            Map<String, FoundDevice> found)
            throws IOException {
        byte[] buffer = new byte[LARGEST_ANSWER];
        for (int answers = 0; answers < MOST_ANSWERS; answers++) {
            long leftMs = (untilNanos - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return;
            }
            socket.setSoTimeout((int) leftMs);
            var datagram = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(datagram);
            } catch (SocketTimeoutException _) {
                return;
            }
            byte[] bytes = Arrays.copyOf(buffer, datagram.getLength());
            for (FoundDevice device : read(bytes, id, datagram.getAddress())) {
                if (found.size() < MOST_DEVICES && allows(device)) {
                    if (named) {
                        found.put(device.endpoint(), device);
                    } else {
                        found.putIfAbsent(device.endpoint(), device);
                    }
                }
            }
        }
    }

    /// @param id of the probe; an answer to another one is not ours
    /// @return empty when it is no answer
    static List<FoundDevice> read(byte[] bytes, String id, InetAddress from) {
        try {
            XmlElement envelope = XmlDocument.read(bytes).root();
            String related = envelope.text("Header", "RelatesTo");
            if (!related.isEmpty() && !related.contains(id)) {
                return List.of();
            }
            return envelope.at("Body", "ProbeMatches")
                    .map(body -> FoundDevice.of(body, from))
                    .orElse(List.of());
        } catch (MalformedXmlException _) {
            return List.of();
        }
    }

    private boolean allows(InetSocketAddress host) {
        InetAddress address = host.getAddress();
        if (address == null) {
            return false; // its name is not known
        }
        try {
            rules.allow(address.getHostAddress(), host.getPort()); // what is sent to, not its name
            return true;
        } catch (OnvifException _) {
            return false;
        }
    }

    private boolean allows(FoundDevice device) {
        try {
            rules.allow(device.address().host(), device.address().port());
            return true;
        } catch (OnvifException _) {
            return false;
        }
    }

    /// For video transmitters (ONVIF Core §7.3.2); some devices answer this probe only.
    private static byte[] probe(String id) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"\
         xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"\
         xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"\
         xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><s:Header>\
        <a:Action s:mustUnderstand="1">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>\
        <a:MessageID>urn:uuid:%s</a:MessageID>\
        <a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>\
        <a:To s:mustUnderstand="1">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>\
        </s:Header><s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe>\
        </s:Body></s:Envelope>\
        """
                .formatted(id)
                .getBytes(StandardCharsets.UTF_8);
    }
}
