package id.pantau.server.camera;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Which addresses this server connects to for a camera. A camera's URL is typed by a person and
/// answered by whatever is there, so it must not reach this server's own ports or a cloud's
/// metadata service. Private addresses are where cameras live: they are allowed.
public final class UrlRules {
    /// Metadata services outside of the link-local range: AWS over IPv6, Alibaba, Azure.
    private static final List<String> METADATA =
            List.of("fd00:ec2::254", "100.100.100.200", "168.63.129.16");

    /// Resolves names. A test passes its own.
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    /// Why a URL is not taken.
    static final class UrlRefused extends Exception {
        private static final long serialVersionUID = 1;
        private final String code;

        UrlRefused(String code, String sentence) {
            super(sentence);
            this.code = code;
        }

        /// Stable: `camera.urlScheme`.
        String code() {
            return code;
        }

        /// What is wrong and what to do; never holds credentials.
        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    private final IntPredicate ownPort;
    private final Resolver resolver;

    /// @param ownPort whether this server listens on a TCP port
    public UrlRules(IntPredicate ownPort, Resolver resolver) {
        this.ownPort = ownPort;
        this.resolver = resolver;
    }

    public static UrlRules system(IntPredicate ownPort) {
        return new UrlRules(ownPort, host -> List.of(InetAddress.getAllByName(host)));
    }

    /// A name that does not resolve passes: the camera may be off or the network not up yet.
    ///
    /// @param url without user information
    void check(URI url, StreamTransport transport) throws UrlRefused {
        StreamScheme scheme = scheme(url);
        String host = url.getHost();
        if (scheme == null || host == null) {
            throw new UrlRefused("camera.urlScheme", "The URL must be rtsp:// or rtsps://.");
        }
        if (!scheme.withoutFfmpeg() && transport != StreamTransport.COMPAT) {
            throw new UrlRefused(
                    "camera.urlNeedsCompat",
                    "URLs of the kind %s:// are read through FFmpeg; choose the transport compat."
                            .formatted(scheme.word()));
        }
        int port = url.getPort() > 0 ? url.getPort() : scheme.defaultPort();
        if (port < 0) {
            throw new UrlRefused(
                    "camera.urlPort",
                    "A URL of the kind %s:// must name the port, such as %s://%s:9000."
                            .formatted(scheme.word(), scheme.word(), host));
        }
        if (scheme == StreamScheme.SRT && asksToListen(url)) {
            throw new UrlRefused(
                    "camera.urlListens",
                    "This server calls SRT sources and waits for none; leave mode out of the URL.");
        }
        checkHost(host, port);
    }

    private static @Nullable StreamScheme scheme(URI url) {
        String word = url.getScheme();
        return word == null ? null : StreamScheme.find(word).orElse(null);
    }

    /// With another mode than `caller` FFmpeg would open a port.
    private static boolean asksToListen(URI url) {
        String query = url.getQuery();
        return query != null
                && Arrays.stream(query.split("&"))
                        .anyMatch(one -> one.startsWith("mode=") && !one.equals("mode=caller"));
    }

    /// As [#check], of a host that is not in a stream's URL.
    void checkHost(String host, int port) throws UrlRefused {
        try {
            resolve(host, port);
        } catch (UnknownHostException _) {
            // it may be known later
        }
    }

    /// Every address of a host that may be connected to; refused when one of them may not.
    ///
    /// @return not empty
    List<InetAddress> resolve(String host, int port) throws UrlRefused, UnknownHostException {
        List<InetAddress> addresses = resolver.resolve(host);
        for (InetAddress address : addresses) {
            check(host, address, port);
        }
        return addresses;
    }

    /// [#check] as a value: the sentence why not, empty when it may be.
    Optional<String> findRefusal(URI url, StreamTransport transport) {
        try {
            check(url, transport);
            return Optional.empty();
        } catch (UrlRefused refused) {
            return Optional.of(refused.sentence());
        }
    }

    /// [#checkHost] as a value: the sentence why not, empty when it may be.
    public Optional<String> findHostRefusal(String host, int port) {
        try {
            checkHost(host, port);
            return Optional.empty();
        } catch (UrlRefused refused) {
            return Optional.of(refused.sentence());
        }
    }

    private void check(String host, InetAddress address, int port) throws UrlRefused {
        if (address.isLinkLocalAddress() || METADATA.contains(compressed(address))) {
            throw new UrlRefused(
                    "camera.urlLinkLocal",
                    "%s is a link-local or metadata address; give the camera an address of your"
                                    .formatted(host)
                            + " network.");
        }
        if (address.isMulticastAddress() || isBroadcast(address)) {
            throw new UrlRefused(
                    "camera.urlMulticast",
                    "%s is not the address of one device; give the camera's own address."
                            .formatted(host));
        }
        if (ownPort.test(port) && isOwn(address)) {
            throw new UrlRefused(
                    "camera.urlOwnServer",
                    "%s port %d is this server itself; give the camera's own address."
                            .formatted(host, port));
        }
    }

    private static boolean isBroadcast(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && bytes[0] == -1 && bytes[1] == -1 && bytes[2] == -1;
    }

    private static boolean isOwn(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException _) {
            return false;
        }
    }

    private static String compressed(InetAddress address) {
        String text = address.getHostAddress();
        return text.equals("fd00:ec2:0:0:0:0:0:254") ? "fd00:ec2::254" : text;
    }
}
