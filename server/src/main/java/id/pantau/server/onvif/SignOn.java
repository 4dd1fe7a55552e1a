package id.pantau.server.onvif;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a device wants to be shown who asks, found out from its refusals and remembered. A password
/// goes out only in a form the device asked for: HTTP Digest after a challenge, a UsernameToken
/// after a SOAP refusal. Cameras count wrong ones and lock everybody out, so each form is shown
/// once a request, and after a first refusal of both nothing is shown any more. Thread-safe.
final class SignOn {
    private enum Form {
        TOKEN,
        DIGEST
    }

    /// What one request shows.
    sealed interface Shown {
        record Nothing() implements Shown {}

        record Token() implements Shown {}

        record Digest(HttpDigest digest) implements Shown {}
    }

    private final Object lock = new Object();
    private Shown remembered = new Shown.Nothing();
    private boolean worked;
    private @Nullable OnvifException refused;

    /// Begins one request.
    ///
    /// @throws OnvifException when this password was refused before
    Attempt begin() {
        synchronized (lock) {
            if (refused != null) {
                throw new OnvifException(refused.category(), refused.sentence());
            }
            return new Attempt(remembered);
        }
    }

    /// One request and its repetitions.
    final class Attempt {
        private final Set<Form> tried = EnumSet.noneOf(Form.class);
        private boolean freshChallenge;
        private boolean clockAsked;
        private Shown shown;

        private Attempt(Shown shown) {
            this.shown = shown;
        }

        Shown shown() {
            return shown;
        }

        /// The device took it.
        void accepted() {
            synchronized (lock) {
                remembered = shown;
                worked |= !(shown instanceof Shown.Nothing);
            }
        }

        /// The device refused what was shown.
        ///
        /// @param challenge of its answer
        /// @return whether to ask again, with what is now [#shown()]
        boolean retry(Optional<HttpDigest> challenge) {
            switch (shown) {
                case Shown.Nothing _ -> {} // it costs nothing to be refused without a password
                case Shown.Token _ -> tried.add(Form.TOKEN);
                case Shown.Digest _ -> {
                    if (freshChallenge) {
                        tried.add(Form.DIGEST);
                    }
                }
            }
            if (challenge.isPresent() && !tried.contains(Form.DIGEST)) {
                shown = new Shown.Digest(challenge.get()); // a remembered one may be used up
                freshChallenge = true;
                return true;
            }
            if (challenge.isEmpty() && !tried.contains(Form.TOKEN)) {
                shown = new Shown.Token();
                return true;
            }
            return false;
        }

        /// Whether a refused token is worth one more, because the clocks may have moved apart.
        boolean retryByClock() {
            boolean first = !clockAsked && shown instanceof Shown.Token;
            clockAsked = true;
            return first;
        }

        /// Every form the device asked for was refused. A user who was let in before lacks a right;
        /// one who never was has the wrong password, and is not tried again.
        void gaveUp(OnvifException cause) {
            synchronized (lock) {
                if (!worked) {
                    refused = cause;
                }
            }
        }
    }
}
