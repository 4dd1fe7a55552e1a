package id.pantau.media.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The connections of one server that have not shown yet who they are: half open, in the middle of
/// a handshake, or signing in. Bounds them for each address, so that one address that opens
/// thousands shuts nobody else out. What it refuses is counted, and told once a minute for each
/// address. An IPv6 address counts with its whole /64, which any one host may have. Thread-safe.
public final class PendingConnections {
    private static final System.Logger LOG = System.getLogger(PendingConnections.class.getName());
    private static final long TELL_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    /// Of more addresses than this the one that was told of longest ago is forgotten.
    private static final int MAX_TOLD = 256;

    private static final int NETWORK_BYTES = 8;

    private final String protocol;
    private final PendingLimits limits;
    private final LongSupplier nanoTime;
    private final Consumer<String> log;
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Object lock = new Object(); // guards what follows
    private final Map<InetAddress, Integer> pending = new HashMap<>();
    private final Map<InetAddress, Told> told =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<InetAddress, Told> eldest) {
                    return size() > MAX_TOLD;
                }
            };

    /// @param untold of that address since it was told
    private record Told(long atNanos, long untold) {}

    /// @param protocol for the log: `RTSP`
    public PendingConnections(String protocol, PendingLimits limits) {
        this(
                protocol,
                limits,
                System::nanoTime,
                line -> LOG.log(System.Logger.Level.WARNING, line));
    }

    PendingConnections(
            String protocol, PendingLimits limits, LongSupplier nanoTime, Consumer<String> log) {
        this.protocol = protocol;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /// Lets a connection in, if not too many of its address are pending.
    ///
    /// @return null when it is to be closed
    public @Nullable Pending admit(InetAddress address) {
        if (limits.exempt().test(address)) {
            return new Pending(address, null);
        }
        InetAddress network = network(address);
        synchronized (lock) {
            int before = pending.getOrDefault(network, 0);
            if (before < limits.perAddress()) {
                pending.put(network, before + 1);
                return new Pending(address, network);
            }
        }
        refused.increment();
        tell(
                address,
                "%d of its connections have not signed in yet".formatted(limits.perAddress()));
        return null;
    }

    /// How many were refused since the start because too many were pending.
    public long refused() {
        return refused.sum();
    }

    /// How many were let in and then cut off before they had shown who they are, since the start.
    public long failed() {
        return failed.sum();
    }

    /// One connection until it has shown who it is.
    public final class Pending {
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final InetAddress address;
        private final @Nullable InetAddress counted;

        private Pending(InetAddress address, @Nullable InetAddress counted) {
            this.address = address;
            this.counted = counted;
        }

        public boolean isPending() {
            return open.get();
        }

        /// It has shown who it is, or is gone. May be called more than once.
        public void settle() {
            if (open.compareAndSet(true, false) && counted != null) {
                synchronized (lock) {
                    pending.computeIfPresent(counted, (_, count) -> count == 1 ? null : count - 1);
                }
            }
        }

        /// Counts and tells that it is cut off while it is pending; later it does nothing.
        ///
        /// @param why stands behind "A connection of … is cut off: "
        public void failed(String why) {
            if (open.get()) {
                failed.increment();
                tell(address, why);
                settle();
            }
        }
    }

    private void tell(InetAddress address, String why) {
        long now = nanoTime.getAsLong();
        long untold;
        synchronized (lock) {
            Told last = told.get(address);
            if (last != null && now - last.atNanos() < TELL_EVERY_NANOS) {
                told.put(address, new Told(last.atNanos(), last.untold() + 1));
                return;
            }
            untold = last == null ? 0 : last.untold();
            told.remove(address); // so that it becomes the newest
            told.put(address, new Told(now, 0));
        }
        String others = untold == 0 ? "" : "; %d others since the last such line".formatted(untold);
        log.accept(
                "%s connection of %s is cut off: %s%s"
                        .formatted(protocol, address.getHostAddress(), why, others));
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 16 bytes", e);
        }
    }
}
