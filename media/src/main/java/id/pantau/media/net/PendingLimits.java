package id.pantau.media.net;

import java.net.InetAddress;
import java.util.function.Predicate;

/// How many connections of one address may be open that have not shown yet who they are. Those that
/// have are not counted: two hundred viewers may sit behind one router.
///
/// @param perAddress more are refused
/// @param exempt whose connections are not counted: this machine's, on which a proxy may run
public record PendingLimits(int perAddress, Predicate<InetAddress> exempt) {
    public static final PendingLimits DEFAULT =
            new PendingLimits(32, InetAddress::isLoopbackAddress);

    public PendingLimits {
        if (perAddress < 1) {
            throw new IllegalArgumentException(
                    "at least one connection must be let in, not " + perAddress);
        }
    }

    public PendingLimits withPerAddress(int most) {
        return new PendingLimits(most, exempt);
    }
}
