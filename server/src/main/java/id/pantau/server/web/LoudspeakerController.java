package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.camera.Camera;
import id.pantau.server.camera.Cameras;
import id.pantau.server.camera.Loudspeakers;
import id.pantau.server.identity.Actor;
import id.pantau.server.talk.Talks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Whether a camera can be talked to.
@Tag(name = "Live")
@RestController
class LoudspeakerController {
    /// @param ability whether the camera takes sound; `unknown` when it could not be asked
    /// @param detail why not
    /// @param talking whether somebody talks to it now
    /// @param talker who, for those who may know
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LoudspeakerView(
            @Word(Loudspeakers.Ability.class) String ability,
            @Nullable String detail,
            boolean talking,
            @Nullable String talker) {}

    private final Cameras cameras;
    private final Loudspeakers loudspeakers;
    private final Talks talks;

    LoudspeakerController(Cameras cameras, Loudspeakers loudspeakers, Talks talks) {
        this.cameras = cameras;
        this.loudspeakers = loudspeakers;
        this.talks = talks;
    }

    @Operation(summary = "Whether a camera can be talked to; asks it when nobody asked before")
    @GetMapping("/api/v1/cameras/{id}/loudspeaker")
    LoudspeakerView facts(@PathVariable String id, Actor actor) throws InterruptedException {
        Camera camera = cameras.get(CameraController.cameraId(id));
        Loudspeakers.Facts facts = loudspeakers.facts(camera);
        Optional<String> talker = talks.talker(camera.id());
        return new LoudspeakerView(
                CameraViews.word(facts.ability()),
                facts.detail(),
                talker.isPresent(),
                talker.filter(name -> TalkSockets.mayKnow(actor, name)).orElse(null));
    }
}
