package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import id.pantau.server.identity.Account;
import id.pantau.server.identity.Actor;
import id.pantau.server.identity.CameraRights;
import id.pantau.server.identity.Language;
import id.pantau.server.identity.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Users as JSON. Cameras are the text `all` or a list of ids.
final class UserTypes {
    private static final String ALL = "all";
    private static final int MAX_CAMERAS = 10_000;
    private static final int MAX_ID_LENGTH = 64;

    private UserTypes() {}

    enum RoleName {
        @JsonProperty("administrator")
        ADMINISTRATOR(Role.ADMINISTRATOR),
        @JsonProperty("operator")
        OPERATOR(Role.OPERATOR);

        private final Role role;

        RoleName(Role role) {
            this.role = role;
        }

        Role role() {
            return role;
        }

        static RoleName of(Role role) {
            return switch (role) {
                case ADMINISTRATOR -> ADMINISTRATOR;
                case OPERATOR -> OPERATOR;
            };
        }
    }

    enum LanguageName {
        @JsonProperty("id")
        ID(Language.ID),
        @JsonProperty("en")
        EN(Language.EN);

        private final Language language;

        LanguageName(Language language) {
            this.language = language;
        }

        Language language() {
            return language;
        }

        static LanguageName of(Language language) {
            return switch (language) {
                case ID -> ID;
                case EN -> EN;
            };
        }
    }

    /// Marks a field that is `"all"` or a list of camera ids.
    @Schema(
            name = "CameraRights",
            oneOf = {AllCameras.class, String[].class})
    interface CameraRightsSchema {}

    @Schema(type = "string", allowableValues = ALL)
    interface AllCameras {}

    /// Who the caller is (`GET /api/v1/auth/me`).
    @Schema(name = "Me")
    record Me(
            String username,
            RoleName role,
            LanguageName language,
            @Schema(implementation = CameraRightsSchema.class) Object cameras,
            String zone) {
        /// @param zone the site's, in which every time is shown
        static Me of(Actor actor, ZoneId zone) {
            return new Me(
                    actor.username(),
                    RoleName.of(actor.role()),
                    LanguageName.of(actor.language()),
                    toJson(actor.cameras()),
                    zone.getId());
        }
    }

    @Schema(name = "User")
    record User(
            String username,
            RoleName role,
            @Schema(implementation = CameraRightsSchema.class) Object cameras,
            LanguageName language,
            Instant createdAt,
            @Nullable Instant lastSignInAt) {
        static User of(Account account) {
            return new User(
                    account.username(),
                    RoleName.of(account.role()),
                    toJson(account.cameras()),
                    LanguageName.of(account.language()),
                    account.createdAt(),
                    account.lastSignInAt());
        }
    }

    @Schema(name = "UserInput")
    record UserInput(
            @Wanted @Nullable String username,
            @Wanted @Nullable String password,
            @Nullable RoleName role,
            @Schema(implementation = CameraRightsSchema.class) @Nullable Object cameras,
            @Nullable LanguageName language) {}

    @Schema(name = "UserPatch")
    record UserPatch(
            @Nullable String password,
            @Nullable RoleName role,
            @Schema(implementation = CameraRightsSchema.class) @Nullable Object cameras,
            @Nullable LanguageName language) {}

    static Object toJson(CameraRights cameras) {
        return switch (cameras) {
            case CameraRights.All _ -> ALL;
            case CameraRights.Only(var ids) -> ids.stream().sorted().toList();
        };
    }

    /// @throws ApiProblem when it is neither `"all"` nor a list of ids
    static CameraRights fromJson(Object cameras) {
        if (ALL.equals(cameras)) {
            return new CameraRights.All();
        }
        if (cameras instanceof List<?> list && list.size() <= MAX_CAMERAS) {
            Set<String> ids = new HashSet<>();
            for (Object id : list) {
                if (!(id instanceof String text)
                        || text.isBlank()
                        || text.length() > MAX_ID_LENGTH) {
                    throw wrongCameras();
                }
                ids.add(text);
            }
            return new CameraRights.Only(ids);
        }
        throw wrongCameras();
    }

    private static ApiProblem wrongCameras() {
        return ApiProblem.invalid(
                "cameras", "request.malformed", "is \"all\" or a list of camera ids");
    }
}
