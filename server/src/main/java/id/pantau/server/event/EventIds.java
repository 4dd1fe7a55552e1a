package id.pantau.server.event;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Ids of events: 96 random bits, so that nobody guesses one.
final class EventIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private EventIds() {}

    static String next() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return "e" + HexFormat.of().formatHex(bytes);
    }
}
