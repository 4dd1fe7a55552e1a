package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import id.pantau.server.identity.CsrfTokens;
import id.pantau.server.identity.IdentityException;
import id.pantau.server.identity.SignIns;
import id.pantau.server.identity.StreamPasswords;
import id.pantau.server.settings.SiteSettingsStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Signing in and out.
@Tag(name = "Sign-in")
@RestController
@RequestMapping("/api/v1/auth")
class AuthController {
    record Credentials(@Wanted @Nullable String username, @Wanted @Nullable String password) {}

    record Token(String accessToken, Instant expiresAt) {}

    record StreamLogin(String username, String password) {}

    record PasswordChange(@Wanted @Nullable String current, @Wanted @Nullable String next) {}

    private final SignIns signIns;
    private final CsrfTokens csrfTokens;
    private final StreamPasswords streamPasswords;
    private final SiteSettingsStore settings;

    AuthController(
            SignIns signIns,
            CsrfTokens csrfTokens,
            StreamPasswords streamPasswords,
            SiteSettingsStore settings) {
        this.signIns = signIns;
        this.csrfTokens = csrfTokens;
        this.streamPasswords = streamPasswords;
        this.settings = settings;
    }

    @Operation(summary = "Sign a browser in: sets the cookies PANTAU_SESSION and PANTAU_CSRF")
    @PostMapping("/login")
    ResponseEntity<UserTypes.Me> login(@RequestBody Credentials given, HttpServletRequest request) {
        SignIns.NewSession session =
                signIns.signIn(
                        Required.field("username", given.username()),
                        Required.field("password", given.password()),
                        request.getRemoteAddr());
        return signedIn(session, csrfTokens, settings.current().zone(), request);
    }

    @Operation(summary = "Give a program an access token")
    @PostMapping("/token")
    Token token(@RequestBody Credentials given, HttpServletRequest request) {
        SignIns.NewToken token =
                signIns.issueToken(
                        Required.field("username", given.username()),
                        Required.field("password", given.password()),
                        request.getRemoteAddr());
        return new Token(token.accessToken(), token.expiresAt());
    }

    @Operation(summary = "End the browser's login session")
    @ApiResponse(responseCode = "204", content = @Content)
    @PostMapping("/logout")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        Cookies.find(request, Cookies.SESSION).ifPresent(signIns::signOut);
        return ResponseEntity.noContent()
                .header(
                        HttpHeaders.SET_COOKIE,
                        Cookies.expired(Cookies.SESSION, request.isSecure()))
                .header(HttpHeaders.SET_COOKIE, Cookies.expired(Cookies.CSRF, request.isSecure()))
                .build();
    }

    @Operation(summary = "Who the caller is and what they may see")
    @GetMapping("/me")
    UserTypes.Me me(Actor actor) {
        return UserTypes.Me.of(actor, settings.current().zone());
    }

    @Operation(
            summary =
                    "What the caller gives a player (RTSP, RTMP) in place of their password; it ends with it")
    @GetMapping("/stream-password")
    StreamLogin streamPassword(Actor actor) {
        return new StreamLogin(actor.username(), streamPasswords.of(actor));
    }

    @Operation(summary = "Change the caller's own password; their other sign-ins end")
    @ApiResponse(responseCode = "204", content = @Content)
    @PostMapping("/password")
    ResponseEntity<Void> password(
            @RequestBody PasswordChange change, Actor actor, HttpServletRequest request) {
        String current = Required.field("current", change.current());
        String next = Required.field("next", change.next());
        String session = Cookies.find(request, Cookies.SESSION).orElse("");
        try {
            signIns.changePassword(actor, current, next, request.getRemoteAddr(), session);
        } catch (IdentityException e) {
            throw switch (e.reason()) {
                // not 401: the caller is signed in
                case BAD_CREDENTIALS ->
                        ApiProblem.invalid(
                                "current", "auth.badCredentials", "is not your password");
                case PASSWORD_WEAK ->
                        ApiProblem.invalid(
                                "next", "user.passwordWeak", String.valueOf(e.getMessage()));
                case THROTTLED,
                        NO_SUCH_USER,
                        USERNAME_TAKEN,
                        USERNAME_INVALID,
                        LAST_ADMINISTRATOR,
                        NO_SUCH_CAMERA,
                        SETUP_REFUSED ->
                        e;
            };
        }
        return ResponseEntity.noContent().build();
    }

    static ResponseEntity<UserTypes.Me> signedIn(
            SignIns.NewSession session,
            CsrfTokens csrfTokens,
            ZoneId zone,
            HttpServletRequest request) {
        boolean secure = request.isSecure();
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, Cookies.session(session.token(), secure))
                .header(
                        HttpHeaders.SET_COOKIE,
                        Cookies.csrf(csrfTokens.forSession(session.token()), secure))
                .body(UserTypes.Me.of(session.actor(), zone));
    }
}
