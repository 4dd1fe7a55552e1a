package id.pantau.server.onvif;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The hosts a person names for a search: one, or an IPv4 subnet.
public final class SubnetHosts {
    private static final int LARGEST_SUBNET = 22; // 1,022 hosts

    private SubnetHosts() {}

    /// @param text `192.168.1.20`, `cam.lan` or `192.168.1.0/24`, a /22 at most
    /// @return empty when it is none of these, or a name nobody knows
    public static Optional<List<InetSocketAddress>> parse(String text, int port) {
        String stripped = text.strip();
        try {
            if (!stripped.contains("/")) {
                if (!stripped.matches("[A-Za-z0-9._:-]{1,255}")) {
                    return Optional.empty();
                }
                return Optional.of(
                        List.of(new InetSocketAddress(InetAddress.getByName(stripped), port)));
            }
            String[] parts = stripped.split("/", 2);
            if (!parts[0].matches("(\\d{1,3}\\.){3}\\d{1,3}") || !parts[1].matches("\\d{1,2}")) {
                return Optional.empty();
            }
            int bits = Integer.parseInt(parts[1]);
            if (bits < LARGEST_SUBNET || bits > 32) {
                return Optional.empty();
            }
            return Optional.of(hosts(InetAddress.getByName(parts[0]).getAddress(), bits, port));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    private static List<InetSocketAddress> hosts(byte[] network, int bits, int port) {
        int mask = bits == 0 ? 0 : -1 << 32 - bits;
        int first = ByteBuffer.wrap(network).getInt() & mask;
        int count = 1 << 32 - bits;
        boolean small = count <= 2; // /31 and /32 have neither network nor broadcast address
        return IntStream.range(small ? 0 : 1, small ? count : count - 1)
                .mapToObj(host -> new InetSocketAddress(address(first + host), port))
                .toList();
    }

    private static InetAddress address(int bits) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
