package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.identity.Actor;
import id.pantau.server.models.InstalledModel;
import id.pantau.server.models.Model;
import id.pantau.server.models.Models;
import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.detect.ModelFamily;
import id.pantau.vision.detect.ModelPurpose;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The models of detectors, for administrators.
@Tag(name = "Models")
@RestController
class ModelController {
    static final String IMPORT = "/api/v1/models/import";
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    enum ModelState {
        INSTALLED,
        /// It can be fetched.
        AVAILABLE,
        /// It is there, and cannot be used.
        UNUSABLE
    }

    /// Of a file, beside what the catalogue says.
    enum ChecksumState {
        MATCHES,
        DIFFERS,
        /// Nobody has published what it is, or the file is not here.
        UNKNOWN
    }

    /// @param failure why it ended; absent while it runs
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FetchView(long receivedBytes, long totalBytes, @Nullable String failure) {
        static @Nullable FetchView of(Model.@Nullable Fetch fetch) {
            return fetch == null
                    ? null
                    : new FetchView(fetch.receivedBytes(), fetch.totalBytes(), fetch.failure());
        }
    }

    /// @param inUse whether objects are found with it
    /// @param licence by its SPDX identifier; absent when nobody has said
    /// @param source where it is fetched from
    /// @param trouble why it cannot be used, one sentence
    /// @param removable whether it lies in Pantau's own folder
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ModelView(
            String id,
            String title,
            @Word(ModelState.class) String state,
            boolean inUse,
            long sizeBytes,
            @Word(ChecksumState.class) String checksum,
            boolean removable,
            @Nullable @Word(ModelFamily.class) String family,
            @Nullable @Word(ModelPurpose.class) String purpose,
            @Nullable Integer widthPx,
            @Nullable Integer heightPx,
            List<String> labels,
            @Nullable String licence,
            @Nullable String source,
            @Nullable String trouble,
            @Nullable FetchView fetch) {
        static ModelView of(Model model) {
            ModelDescriptor descriptor = model.descriptor();
            InstalledModel installed = model.installed();
            CatalogueModel published = model.published();
            return new ModelView(
                    model.id(),
                    published == null ? model.id() : published.title(),
                    CameraViews.word(state(installed)),
                    model.inUse(),
                    installed != null
                            ? installed.sizeBytes()
                            : published == null ? 0 : published.sizeBytes(),
                    CameraViews.word(checksum(installed, published)),
                    installed != null && installed.ours(),
                    descriptor == null ? null : CameraViews.word(descriptor.family()),
                    descriptor == null ? null : CameraViews.word(descriptor.purpose()),
                    descriptor == null ? null : descriptor.widthPx(),
                    descriptor == null ? null : descriptor.heightPx(),
                    descriptor == null ? List.of() : descriptor.labels(),
                    descriptor == null || descriptor.licence().isEmpty()
                            ? null
                            : descriptor.licence(),
                    published == null || published.address() == null
                            ? null
                            : published.address().toString(),
                    installed == null ? null : installed.trouble(),
                    FetchView.of(model.fetch()));
        }

        private static ModelState state(@Nullable InstalledModel installed) {
            if (installed == null) {
                return ModelState.AVAILABLE;
            }
            return installed.trouble() == null ? ModelState.INSTALLED : ModelState.UNUSABLE;
        }

        private static ChecksumState checksum(
                @Nullable InstalledModel installed, @Nullable CatalogueModel published) {
            if (installed == null || published == null) {
                return ChecksumState.UNKNOWN;
            }
            return installed.genuine() ? ChecksumState.MATCHES : ChecksumState.DIFFERS;
        }
    }

    private final Models models;

    ModelController(Models models) {
        this.models = models;
    }

    @Operation(summary = "The models of this machine, best first, then those that can be fetched")
    @GetMapping("/api/v1/models")
    List<ModelView> list() throws InterruptedException {
        return models.list().stream().map(ModelView::of).toList();
    }

    @Operation(summary = "Fetch a model of the catalogue; the list says how far it is")
    @PostMapping("/api/v1/models/{model}/pull")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ModelView pull(@PathVariable String model, Actor actor) throws InterruptedException {
        models.fetch(model);
        AUDIT.info("model fetched model={} by={}", model, actor.username());
        return ModelView.of(models.get(model));
    }

    /// The body is the file itself; its descriptor, where it needs one, stands in the address.
    @Operation(summary = "Take a model of your own, after it was run once")
    @PostMapping(path = IMPORT, consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    ModelView bring(
            @RequestParam String name,
            @RequestParam(required = false) @Nullable String descriptor,
            @Parameter(hidden = true) HttpServletRequest request,
            Actor actor)
            throws IOException, InterruptedException {
        boolean described = descriptor != null && !descriptor.isBlank();
        Model added = models.add(request.getInputStream(), name, described ? descriptor : null);
        AUDIT.info("model imported model={} by={}", added.id(), actor.username());
        return ModelView.of(added);
    }

    @Operation(summary = "Remove a model from Pantau's own folder")
    @DeleteMapping("/api/v1/models/{model}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String model, Actor actor) throws InterruptedException {
        models.remove(model);
        AUDIT.info("model removed model={} by={}", model, actor.username());
    }
}
