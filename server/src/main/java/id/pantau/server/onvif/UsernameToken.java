package id.pantau.server.onvif;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/// The header that shows who asks, with a digest of the password (OASIS WS-Security UsernameToken
/// Profile 1.0, as ONVIF Core §5.9 wants it). Each has a nonce of its own.
final class UsernameToken {
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UsernameToken() {}

    /// @param created by the device's clock: it takes no token that is seconds off
    static String header(Credentials credentials, Instant created) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return header(credentials, created, nonce);
    }

    static String header(Credentials credentials, Instant created, byte[] nonce) {
        String time = created.truncatedTo(ChronoUnit.MILLIS).toString();
        Base64.Encoder base64 = Base64.getEncoder();
        return """
        <wsse:Security s:mustUnderstand="true"><wsse:UsernameToken>\
        <wsse:Username>%s</wsse:Username>\
        <wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest">%s</wsse:Password>\
        <wsse:Nonce EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary">%s</wsse:Nonce>\
        <wsu:Created>%s</wsu:Created>\
        </wsse:UsernameToken></wsse:Security>\
        """
                .formatted(
                        Soap.escaped(credentials.username()),
                        base64.encodeToString(digest(nonce, time, credentials.password())),
                        base64.encodeToString(nonce),
                        time);
    }

    private static byte[] digest(byte[] nonce, String created, String password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(nonce);
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            return sha1.digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
