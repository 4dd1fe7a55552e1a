package id.pantau.media.webrtc;

import java.security.SecureRandom;
import java.util.Base64;

/// Our name and password in one session's connectivity checks (RFC 8445 §5.3).
record IceCredentials(String ufrag, String password) {
    static IceCredentials random(SecureRandom random) {
        return new IceCredentials(token(random, 9), token(random, 24));
    }

    /// Letters and digits that are ICE characters, `+` and `/` among them.
    private static String token(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getEncoder().withoutPadding().encodeToString(drawn);
    }

    /// Without the password.
    @Override
    public String toString() {
        return ufrag;
    }
}
