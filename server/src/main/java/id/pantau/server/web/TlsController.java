package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.tls.ServerCertificate;
import id.pantau.server.tls.Tls;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What clients see when they come encrypted.
@Tag(name = "Settings")
@RestController
class TlsController {
    /// @param sha256 the fingerprint, `AB:CD:…`, as browsers show it
    record CertificateView(
            boolean selfSigned,
            String subject,
            String issuer,
            List<String> hosts,
            String sha256,
            Instant validFrom,
            Instant validUntil) {
        static CertificateView of(ServerCertificate certificate) {
            return new CertificateView(
                    certificate.isSelfSigned(),
                    certificate.subject(),
                    certificate.issuer(),
                    certificate.hosts(),
                    certificate.fingerprint(),
                    certificate.validFrom(),
                    certificate.validUntil());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TlsView(boolean on, @Nullable CertificateView certificate) {}

    private final Tls tls;

    TlsController(Tls tls) {
        this.tls = tls;
    }

    @Operation(summary = "Whether TLS is on, and the certificate in use with its fingerprint")
    @GetMapping("/api/v1/tls")
    TlsView tls() {
        return new TlsView(tls.isOn(), tls.certificate().map(CertificateView::of).orElse(null));
    }
}
