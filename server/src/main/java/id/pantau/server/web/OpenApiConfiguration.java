package id.pantau.server.web;

import id.pantau.server.identity.Actor;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/// The frame of the generated OpenAPI document. Addresses are relative, and paths and schemas are
/// sorted, so that the document is the same on every machine and its committed copy can be
/// compared.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    /// What no signature shows.
    private static final List<Class<?>> SHAPES =
            List.of(
                    CameraInputs.CameraInput.class,
                    CameraInputs.CameraPatch.class,
                    CameraProbeController.ProbeInput.class,
                    Problem.class);

    OpenApiConfiguration() {
        // A body read as a tree is any object; its class's own getters are not fields of it.
        SpringDocUtils.getConfig()
                .replaceWithClass(JsonNode.class, Object.class)
                .addRequestWrapperToIgnore(Actor.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Pantau")
                                .version("v1")
                                .description(
                                        "Errors are application/problem+json with a stable code.")
                                .license(new License().name("MIT")))
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "bearer",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer"))
                                .addSecuritySchemes(
                                        "session",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.COOKIE)
                                                .name(Cookies.SESSION)));
    }

    /// Names operations after their controller and method, and bodies read as a tree by their
    /// shape.
    @Bean
    OperationCustomizer named() {
        return (operation, handler) -> {
            String owner = handler.getBeanType().getSimpleName().replaceFirst("Controller$", "");
            operation.setOperationId(
                    owner.substring(0, 1).toLowerCase(Locale.ROOT)
                            + owner.substring(1)
                            + '.'
                            + handler.getMethod().getName());
            Arrays.stream(handler.getMethodParameters())
                    .map(parameter ->
                            Optional.ofNullable(parameter.getParameterAnnotation(Shape.class)))
                    .flatMap(Optional::stream)
                    .forEach(shape ->
                            operation
                                    .getRequestBody()
                                    .getContent()
                                    .values()
                                    .forEach(media -> media.setSchema(reference(shape))));
            operation.getResponses().addApiResponse("default", problem());
            return operation;
        };
    }

    private static AnnotatedType type(Class<?> shape) {
        return new AnnotatedType(shape).resolveAsRef(true);
    }

    private static Schema<?> reference(Shape shape) {
        return new Schema<>().$ref(shape.value().getSimpleName());
    }

    private static ApiResponse problem() {
        var media = new MediaType().schema(new Schema<>().$ref("Problem"));
        return new ApiResponse()
                .description("What went wrong")
                .content(new Content().addMediaType("application/problem+json", media));
    }

    @Bean
    OpenApiCustomizer sorted() {
        return document -> {
            SHAPES.stream()
                    .map(shape ->
                            ModelConverters.getInstance(true).resolveAsResolvedSchema(type(shape)))
                    .forEach(resolved ->
                            resolved.referencedSchemas.forEach(
                                    document.getComponents()::addSchemas));
            var paths = new Paths();
            new TreeMap<>(document.getPaths()).forEach(paths::addPathItem);
            document.setPaths(paths);
            var schemas = document.getComponents().getSchemas();
            if (schemas != null) {
                document.getComponents().setSchemas(new TreeMap<>(schemas));
            }
        };
    }
}
