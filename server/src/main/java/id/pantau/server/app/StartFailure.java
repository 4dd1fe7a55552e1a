package id.pantau.server.app;

import id.pantau.server.database.DatabaseException;
import id.pantau.server.identity.IdentityException;
import id.pantau.server.recording.RecordingException;
import id.pantau.server.tls.UnusableCertificateException;
import java.net.BindException;
import org.springframework.boot.web.server.PortInUseException;

/// Finds the sentence for the person at the terminal in what a failed start threw.
final class StartFailure {
    private StartFailure() {}

    /// @return what to throw instead: a known failure in one sentence, anything else as it is
    static RuntimeException explain(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case PortInUseException port -> {
                    return portInUse("port " + port.getPort());
                }
                case PortTakenException taken -> {
                    return new CommandFailedException(
                            ExitCode.FAILED, String.valueOf(taken.getMessage()));
                }
                case UnusableCertificateException certificate -> {
                    return new CommandFailedException(
                            ExitCode.SETTINGS, String.valueOf(certificate.getMessage()));
                }
                case BindException _ -> {
                    return portInUse("the port");
                }
                case DatabaseException database -> {
                    return database;
                }
                case RecordingException recording
                        when recording.category()
                                == RecordingException.Category.VOLUME_UNUSABLE -> {
                    return new CommandFailedException(
                            ExitCode.FAILED, String.valueOf(recording.getMessage()));
                }
                case IdentityException refused
                        when refused.reason() == IdentityException.Reason.PASSWORD_WEAK -> {
                    return new CommandFailedException(
                            ExitCode.SETTINGS, "PANTAU_ADMIN_PASSWORD " + refused.getMessage());
                }
                default -> {}
            }
        }
        return thrown;
    }

    private static CommandFailedException portInUse(String port) {
        return new CommandFailedException(
                ExitCode.FAILED,
                port
                        + " is in use; end what uses it, or choose another with PANTAU_HTTP_PORT (of HTTPS: PANTAU_HTTPS_PORT)");
    }
}
