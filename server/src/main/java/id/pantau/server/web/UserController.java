package id.pantau.server.web;

import id.pantau.server.identity.AccountChange;
import id.pantau.server.identity.Accounts;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The users, for administrators.
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users")
class UserController {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final Accounts accounts;

    UserController(Accounts accounts) {
        this.accounts = accounts;
    }

    @Operation(summary = "All users, by name")
    @GetMapping
    List<UserTypes.User> list() {
        return accounts.list().stream().map(UserTypes.User::of).toList();
    }

    @Operation(summary = "Add a user; without role an operator, without cameras one who sees none")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    UserTypes.User add(@RequestBody UserTypes.UserInput given, Actor actor) {
        UserTypes.RoleName role = given.role();
        Object cameras = given.cameras();
        UserTypes.LanguageName language = given.language();
        var account =
                accounts.add(
                        Required.field("username", given.username()),
                        Required.field("password", given.password()),
                        role == null ? Role.OPERATOR : role.role(),
                        cameras == null
                                ? new CameraRights.Only(Set.of())
                                : UserTypes.fromJson(cameras),
                        language == null ? Language.ID : language.language());
        AUDIT.info(
                "user added user={} role={} by={}",
                account.username(),
                account.role(),
                actor.username());
        return UserTypes.User.of(account);
    }

    @Operation(summary = "Change a user; a new password, role or camera list ends their sign-ins")
    @PatchMapping("/{username}")
    UserTypes.User change(
            @PathVariable String username, @RequestBody UserTypes.UserPatch patch, Actor actor) {
        UserTypes.RoleName role = patch.role();
        Object cameras = patch.cameras();
        UserTypes.LanguageName language = patch.language();
        var account =
                accounts.change(
                        username,
                        new AccountChange(
                                patch.password(),
                                role == null ? null : role.role(),
                                cameras == null ? null : UserTypes.fromJson(cameras),
                                language == null ? null : language.language()));
        AUDIT.info("user changed user={} by={}", account.username(), actor.username());
        return UserTypes.User.of(account);
    }

    @Operation(summary = "Delete a user and end their sign-ins")
    @ApiResponse(responseCode = "204", content = @Content)
    @DeleteMapping("/{username}")
    ResponseEntity<Void> remove(@PathVariable String username, Actor actor) {
        String name = accounts.get(username).username();
        accounts.remove(name);
        AUDIT.info("user deleted user={} by={}", name, actor.username());
        return ResponseEntity.noContent().build();
    }
}
