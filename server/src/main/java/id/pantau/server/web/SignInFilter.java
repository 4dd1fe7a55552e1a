package id.pantau.server.web;

import id.pantau.server.identity.Credential;
import id.pantau.server.identity.CsrfTokens;
import id.pantau.server.identity.SignIns;
import id.pantau.server.identity.Tickets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who sends a request: a bearer token, else a ticket, else the browser's cookie. A
/// credential that is wrong counts as none; the route table then refuses what needs one.
///
/// A change made with the cookie must carry the CSRF token as a header too. A ticket is read here
/// for every route and accepted by the route table for media only.
final class SignInFilter extends OncePerRequestFilter {
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String BEARER = "bearer ";

    private final SignIns signIns;
    private final Tickets tickets;
    private final CsrfTokens csrfTokens;
    private final ProblemWriter problems;

    SignInFilter(SignIns signIns, Tickets tickets, CsrfTokens csrfTokens, ProblemWriter problems) {
        this.signIns = signIns;
        this.tickets = tickets;
        this.csrfTokens = csrfTokens;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignedIn> signedIn = find(request);
        if (signedIn.isPresent()
                && signedIn.get().credential() == Credential.SESSION
                && !csrfMatches(request)) {
            problems.write(
                    response,
                    Problem.of(
                            HttpStatus.FORBIDDEN,
                            "auth.csrf",
                            "the header "
                                    + CSRF_HEADER
                                    + " must repeat the cookie "
                                    + Cookies.CSRF));
            return;
        }
        signedIn.ifPresent(authentication -> {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authentication);
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    /// The credential stays valid over an asynchronous answer; it must be found again for it.
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private Optional<SignedIn> find(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                    ? signIns.findByBearer(authorization.substring(BEARER.length()).strip())
                            .map(actor -> new SignedIn(actor, Credential.BEARER, null))
                    : Optional.empty();
        }
        String ticket = request.getParameter("ticket");
        if (ticket != null) {
            return tickets.find(ticket)
                    .map(holder -> new SignedIn(holder.actor(), Credential.TICKET, holder));
        }
        return Cookies.find(request, Cookies.SESSION)
                .flatMap(signIns::findBySession)
                .map(actor -> new SignedIn(actor, Credential.SESSION, null));
    }

    private boolean csrfMatches(HttpServletRequest request) {
        if (SAFE_METHODS.contains(request.getMethod())) {
            return true;
        }
        String sent = request.getHeader(CSRF_HEADER);
        String session = Cookies.find(request, Cookies.SESSION).orElse("");
        return sent != null && csrfTokens.matches(session, sent);
    }
}
