package id.pantau.server.models;

import id.pantau.vision.detect.CatalogueModel;
import id.pantau.vision.detect.DescriptorFile;
import id.pantau.vision.detect.ModelCatalogue;
import id.pantau.vision.detect.ModelDescriptor;
import id.pantau.vision.detect.ModelPurpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The models of this machine and of the catalogue. Thread-safe; closing it ends what is being
/// fetched.
public final class Models implements AutoCloseable {
    private final ModelFolders folders;
    private final List<CatalogueModel> catalogue;
    private final ModelFetch fetcher;
    private final ModelShelf shelf;
    private final ModelImport imports;
    private final Map<String, Model.Fetch> fetches = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Models(ModelFolders folders, ModelChecker checker) {
        this(folders, checker, ModelCatalogue.all(), ModelFetch.overHttps());
    }

    Models(
            ModelFolders folders,
            ModelChecker checker,
            List<CatalogueModel> catalogue,
            ModelFetch fetcher) {
        this.folders = folders;
        this.catalogue = List.copyOf(catalogue);
        this.fetcher = fetcher;
        this.shelf = new ModelShelf(folders, catalogue, checker);
        this.imports = new ModelImport(folders.own(), catalogue, checker);
    }

    /// @param listener told on a thread of its own when there may be another model in use
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void tellChanged() {
        listeners.forEach(threads::execute);
    }

    /// The detector in use; may take a second, as [#list].
    public Optional<ModelCatalogue.Found> current() throws InterruptedException {
        for (Model model : list()) {
            InstalledModel installed = model.installed();
            if (model.inUse() && installed != null && installed.descriptor() != null) {
                return Optional.of(
                        new ModelCatalogue.Found(installed.file(), installed.descriptor()));
            }
        }
        return Optional.empty();
    }

    /// First those on this machine, in the order in which they are chosen; then those that can be
    /// fetched. Looks at files that have changed, which may take a second for each.
    public List<Model> list() throws InterruptedException {
        var models = new ArrayList<Model>();
        boolean chosen = false;
        for (InstalledModel one : shelf.list()) {
            ModelDescriptor descriptor = one.descriptor();
            boolean inUse =
                    !chosen && descriptor != null && descriptor.purpose() == ModelPurpose.OBJECTS;
            chosen |= inUse;
            models.add(new Model(one.id(), one.published(), one, inUse, fetches.get(one.id())));
        }
        for (CatalogueModel one : catalogue) {
            boolean listed = models.stream().anyMatch(model -> model.id().equals(one.id()));
            if (!listed && one.address() != null) {
                models.add(new Model(one.id(), one, null, false, fetches.get(one.id())));
            }
        }
        return List.copyOf(models);
    }

    /// @throws ModelsException NOT_FOUND
    public Model get(String id) throws InterruptedException {
        return list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ModelsException.notFound(id));
    }

    /// Begins to fetch one of the catalogue; [#list] says how far it is.
    ///
    /// @throws ModelsException NOT_FOUND, NOT_OFFERED or BUSY
    public void fetch(String id) {
        CatalogueModel model = offered(id);
        Model.Fetch begun = new Model.Fetch(0, model.sizeBytes(), null);
        Model.Fetch now =
                fetches.compute(
                        id, (_, before) -> before != null && before.runs() ? before : begun);
        if (now != begun) {
            throw new ModelsException(
                    ModelsException.Reason.BUSY,
                    "The model \"%s\" is being fetched already.".formatted(id));
        }
        threads.execute(() -> fetch(model));
    }

    private void fetch(CatalogueModel model) {
        try {
            fetcher.fetch(
                    model,
                    folders.own(),
                    received ->
                            fetches.put(
                                    model.id(),
                                    new Model.Fetch(received, model.sizeBytes(), null)));
            fetches.remove(model.id());
            tellChanged();
        } catch (IOException | RuntimeException e) {
            fetches.compute(
                    model.id(),
                    (_, before) ->
                            new Model.Fetch(
                                    before == null ? 0 : before.receivedBytes(),
                                    model.sizeBytes(),
                                    text(e)));
        }
    }

    private static String text(Exception e) {
        return e instanceof java.net.UnknownHostException
                ? "the name %s is unknown here: is there a way to the internet?"
                        .formatted(e.getMessage())
                : String.valueOf(e.getMessage());
    }

    /// @throws ModelsException NOT_FOUND or NOT_OFFERED
    public CatalogueModel offered(String id) {
        CatalogueModel model =
                catalogue.stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> ModelsException.notFound(id));
        if (model.address() == null) {
            throw new ModelsException(
                    ModelsException.Reason.NOT_OFFERED,
                    "The model \"%s\" is published nowhere it may be fetched from; import its file."
                            .formatted(id));
        }
        return model;
    }

    /// Takes a model that somebody brings, after it was tried out.
    ///
    /// @param body read to its end, not closed
    /// @param name of its file
    /// @param descriptor JSON; null: the file says itself what it is
    /// @throws ModelsException saying why it is not taken
    public Model add(InputStream body, String name, @Nullable String descriptor)
            throws InterruptedException {
        try {
            var taken = new ArrayList<>(catalogue.stream().map(CatalogueModel::id).toList());
            shelf.list().forEach(one -> taken.add(one.id()));
            Model added = get(imports.take(body, name, descriptor, taken));
            tellChanged();
            return added;
        } catch (IOException e) {
            throw new ModelsException(
                    ModelsException.Reason.STORAGE,
                    "The file could not be received or written: " + e.getMessage(),
                    e);
        }
    }

    /// Takes a model out of the folder of models, for good.
    ///
    /// @throws ModelsException NOT_FOUND or NOT_OURS
    public void remove(String id) throws InterruptedException {
        InstalledModel model = get(id).installed();
        if (model == null) {
            throw ModelsException.notFound(id);
        }
        if (!model.ours()) {
            throw new ModelsException(
                    ModelsException.Reason.NOT_OURS,
                    "%s is not in Pantau's own folder; remove it there by hand."
                            .formatted(model.file()));
        }
        try {
            Files.deleteIfExists(model.file());
            Files.deleteIfExists(DescriptorFile.beside(model.file()));
            tellChanged();
        } catch (IOException e) {
            throw new ModelsException(
                    ModelsException.Reason.STORAGE,
                    "The file cannot be removed: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
