package id.pantau.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Leads requests over plain HTTP to HTTPS, where the operator wants that. Not those of this
/// machine, so that nobody is locked out by a certificate, and not the checks of a load balancer.
final class HttpsRedirectFilter extends OncePerRequestFilter {
    private static final Set<String> CHECKS = Set.of("/healthz", "/readyz");

    private final Supplier<OptionalInt> httpsPort;

    /// @param httpsPort where to lead to; empty for nowhere
    HttpsRedirectFilter(Supplier<OptionalInt> httpsPort) {
        this.httpsPort = httpsPort;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        OptionalInt port = httpsPort.get();
        if (port.isEmpty()
                || request.isSecure()
                || CHECKS.contains(request.getRequestURI())
                || isLoopback(request.getRemoteAddr())) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpStatus.PERMANENT_REDIRECT.value());
        response.setHeader(HttpHeaders.LOCATION, target(request, port.getAsInt()));
    }

    /// @param address as a proxy may have written it
    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String target(HttpServletRequest request, int port) {
        String host = request.getServerName();
        String query = request.getQueryString();
        return "https://%s%s%s%s"
                .formatted(
                        host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host,
                        port == 443 ? "" : ":" + port,
                        request.getRequestURI(),
                        query == null ? "" : "?" + query);
    }
}
