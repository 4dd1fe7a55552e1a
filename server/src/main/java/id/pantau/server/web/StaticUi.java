package id.pantau.server.web;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.resource.PathResourceResolver;

/// The browser UI's files. An address without a dot in its last part is a page of the UI's own
/// router and gets `index.html`; a missing file is 404.
final class StaticUi {
    private static final String FILES = "classpath:/static/";

    private StaticUi() {}

    static void register(ResourceHandlerRegistry registry) {
        // Vite puts a hash of the content into the names under assets/: they never change.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setCacheControl(CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FILES)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true)
                .addResolver(new PageResolver());
    }

    private static final class PageResolver extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource location)
                throws IOException {
            Resource file = path.isEmpty() ? null : super.getResource(path, location);
            if (file != null) {
                return file;
            }
            boolean page = path.lastIndexOf('.') <= path.lastIndexOf('/');
            return page ? super.getResource("index.html", location) : null;
        }
    }
}
