package id.pantau.server.web;

import id.pantau.server.identity.Language;
import id.pantau.server.settings.PublicAddress;
import id.pantau.server.settings.SiteSettings;
import id.pantau.server.settings.SiteSettingsStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What an administrator may change while the server runs.
@Tag(name = "Settings")
@RestController
@RequestMapping("/api/v1/settings")
class SettingsController {
    @Schema(name = "Settings")
    record SettingsJson(
            String zone,
            @Word(Language.class) String language,
            int connectCap,
            int liveTranscodes,
            int defaultRetentionDays,
            String publicHost,
            PublicPorts publicPorts,
            String nightlyCheck) {
        static SettingsJson of(SiteSettings settings) {
            return new SettingsJson(
                    settings.zone().getId(),
                    settings.language(),
                    settings.connectCap(),
                    settings.liveTranscodes(),
                    settings.defaultRetentionDays(),
                    settings.publicAddress().host(),
                    PublicPorts.of(settings.publicAddress()),
                    SiteSettingsStore.text(settings.nightlyCheck()));
        }
    }

    record SettingsPatch(
            @Nullable String zone,
            @Word(Language.class) @Nullable String language,
            @Nullable Integer connectCap,
            @Nullable Integer liveTranscodes,
            @Nullable Integer defaultRetentionDays,
            @Nullable String publicHost,
            @Nullable PublicPorts publicPorts,
            @Nullable String nightlyCheck) {
        SiteSettings onto(SiteSettings before) {
            return new SiteSettings(
                    zone == null ? before.zone() : SiteSettingsStore.zone(zone),
                    language == null ? before.language() : language,
                    connectCap == null ? before.connectCap() : connectCap,
                    liveTranscodes == null ? before.liveTranscodes() : liveTranscodes,
                    defaultRetentionDays == null
                            ? before.defaultRetentionDays()
                            : defaultRetentionDays,
                    new PublicAddress(
                            publicHost == null ? before.publicAddress().host() : publicHost,
                            publicPorts == null
                                    ? before.publicAddress().ports()
                                    : publicPorts.toMap()),
                    nightlyCheck == null
                            ? before.nightlyCheck()
                            : SiteSettingsStore.nightlyCheck(nightlyCheck));
        }
    }

    private final SiteSettingsStore store;

    SettingsController(SiteSettingsStore store) {
        this.store = store;
    }

    @Operation(summary = "The site's settings")
    @GetMapping
    SettingsJson get() {
        return SettingsJson.of(store.current());
    }

    @Operation(summary = "Change some of the site's settings, at once")
    @PatchMapping
    SettingsJson change(@RequestBody SettingsPatch patch) {
        return SettingsJson.of(store.change(patch::onto));
    }
}
