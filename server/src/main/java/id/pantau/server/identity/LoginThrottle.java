package id.pantau.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Slows down guessing. Failed sign-ins are counted over five minutes: five for one account from
/// one address, twenty from one address, fifty for one account from anywhere. The last is high, so
/// that a stranger cannot easily keep a user out. Kept in memory: a restart forgets it.
final class LoginThrottle {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int PER_ACCOUNT_AND_ADDRESS = 5;
    private static final int PER_ADDRESS = 20;
    private static final int PER_ACCOUNT = 50;
    private static final int MOST_KEYS = 20_000;

    private final Clock clock;
    private final Object lock = new Object();

    /// When each key failed, oldest first; the key used longest ago is forgotten first.
    private final Map<String, Deque<Instant>> failures =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
                    return size() > MOST_KEYS;
                }
            };

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /// @return how long the next try has to wait; empty when it need not
    Optional<Duration> waitFor(String username, String address) {
        Instant now = clock.instant();
        synchronized (lock) {
            Duration longest = Duration.ZERO;
            longest =
                    longer(longest, wait(pairKey(username, address), PER_ACCOUNT_AND_ADDRESS, now));
            longest = longer(longest, wait(addressKey(address), PER_ADDRESS, now));
            longest = longer(longest, wait(accountKey(username), PER_ACCOUNT, now));
            return longest.isZero() ? Optional.empty() : Optional.of(longest);
        }
    }

    /// Counts a try as failed; [#succeeded] takes it back.
    void failed(String username, String address) {
        Instant now = clock.instant();
        synchronized (lock) {
            add(pairKey(username, address), PER_ACCOUNT_AND_ADDRESS, now);
            add(addressKey(address), PER_ADDRESS, now);
            add(accountKey(username), PER_ACCOUNT, now);
        }
    }

    void succeeded(String username, String address) {
        synchronized (lock) {
            failures.remove(pairKey(username, address));
            takeBack(addressKey(address));
            takeBack(accountKey(username));
        }
    }

    private void takeBack(String key) {
        Deque<Instant> times = failures.get(key);
        if (times != null) {
            times.pollLast();
        }
    }

    private void add(String key, int limit, Instant now) {
        Deque<Instant> times = failures.computeIfAbsent(key, _ -> new ArrayDeque<>());
        times.addLast(now);
        if (times.size() > limit) {
            times.removeFirst();
        }
    }

    private Duration wait(String key, int limit, Instant now) {
        Deque<Instant> times = failures.get(key);
        if (times == null) {
            return Duration.ZERO;
        }
        times.removeIf(time -> !time.plus(WINDOW).isAfter(now));
        Instant oldest = times.peekFirst();
        return oldest == null || times.size() < limit
                ? Duration.ZERO
                : Duration.between(now, oldest.plus(WINDOW));
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private static String accountKey(String username) {
        return "account " + username;
    }

    private static String addressKey(String address) {
        return "address " + network(address);
    }

    private static String pairKey(String username, String address) {
        return "pair " + username + " " + network(address);
    }

    /// An IPv6 customer owns a /64 at least: its first four groups stand for all of it.
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        String[] groups = address.split(":", -1);
        return String.join(":", Arrays.copyOf(groups, Math.min(4, groups.length)));
    }
}
