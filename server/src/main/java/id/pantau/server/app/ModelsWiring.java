package id.pantau.server.app;

import id.pantau.server.models.ModelFolders;
import id.pantau.server.models.Models;
import id.pantau.server.settings.Home;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The models of this machine.
@Configuration(proxyBeanMethods = false)
class ModelsWiring {
    @Bean
    ModelFolders modelFolders(Home home) {
        return ModelFolders.of(home.path(), System.getenv(ModelFolders.VARIABLE));
    }

    @Bean
    Models models(ModelFolders folders) {
        return new Models(folders, ModelCheckCommand.process());
    }
}
