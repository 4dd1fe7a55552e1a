package id.pantau.server.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/// The frame of the generated OpenAPI document. Addresses are relative, and paths and schemas are
/// sorted, so that the document is the same on every machine and its committed copy can be
/// compared.
@Configuration
class OpenApiConfiguration {
    OpenApiConfiguration() {
        // A body read as a tree is any object; its class's own getters are not fields of it.
        SpringDocUtils.getConfig().replaceWithClass(JsonNode.class, Object.class);
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

    @Bean
    OpenApiCustomizer sorted() {
        return document -> {
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
