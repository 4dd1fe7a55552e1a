package id.pantau.server.web;

import id.pantau.server.identity.CsrfTokens;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Setup;
import id.pantau.server.identity.SignIns;
import id.pantau.server.settings.SiteSettingsStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The first administrator.
@Tag(name = "Set-up")
@RestController
@RequestMapping("/api/v1/setup")
class SetupController {
    record SetupState(boolean needed) {}

    record SetupInput(
            @Wanted @Nullable String token,
            @Wanted @Nullable String username,
            @Wanted @Nullable String password,
            UserTypes.@Nullable LanguageName language) {}

    private final Setup setup;
    private final CsrfTokens csrfTokens;
    private final SiteSettingsStore settings;

    SetupController(Setup setup, CsrfTokens csrfTokens, SiteSettingsStore settings) {
        this.setup = setup;
        this.csrfTokens = csrfTokens;
        this.settings = settings;
    }

    @Operation(summary = "Whether this server has no administrator yet")
    @GetMapping
    SetupState state() {
        return new SetupState(setup.needed());
    }

    @Operation(
            summary =
                    "Create the first administrator with the token of the printed link, and sign in")
    @PostMapping
    ResponseEntity<UserTypes.Me> complete(
            @RequestBody SetupInput given, HttpServletRequest request) {
        UserTypes.LanguageName language = given.language();
        SignIns.NewSession session =
                setup.complete(
                        Required.field("token", given.token()),
                        Required.field("username", given.username()),
                        Required.field("password", given.password()),
                        language == null ? Language.ID : language.language(),
                        request.getRemoteAddr());
        return AuthController.signedIn(session, csrfTokens, settings.current().zone(), request);
    }
}
