package id.pantau.server.camera;

import id.pantau.media.hub.PublishPoints.Proof;
import id.pantau.server.database.Database;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key with which a camera that is pushed to us is published: one for each, made with the
/// camera, encrypted at rest as its password is. Thread-safe.
public final class StreamKeys implements CameraListener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamKeys.class);
    private static final int KEY_BYTES = 16;

    private final Database database;
    private final PasswordVault vault;
    private final SecureRandom random = new SecureRandom();
    private final Map<CameraId, Secret> keys = new ConcurrentHashMap<>();
    private final Secret nobodys = fresh();

    public StreamKeys(Database database, PasswordVault vault) {
        this.database = database;
        this.vault = vault;
        read();
    }

    @Override
    public void cameraSet(Camera camera) {
        if (camera.main().isPublished() && !keys.containsKey(camera.id())) {
            rotate(camera.id());
        }
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        keys.remove(camera.id());
        database.write(jdbc ->
                jdbc.sql("delete from stream_key where camera = :camera")
                        .param("camera", camera.id().value())
                        .update());
    }

    /// Empty for a camera that was never published.
    public Optional<Secret> find(CameraId camera) {
        return Optional.ofNullable(keys.get(camera));
    }

    /// A new key; the old one opens nothing from now on.
    public Secret rotate(CameraId camera) {
        Secret key = fresh();
        String sealed = vault.encrypt(camera, key);
        database.write(jdbc -> {
            jdbc.sql("delete from stream_key where camera = :camera")
                    .param("camera", camera.value())
                    .update();
            return jdbc.sql("insert into stream_key (camera, key_sealed) values (:camera, :sealed)")
                    .param("camera", camera.value())
                    .param("sealed", sealed)
                    .update();
        });
        keys.put(camera, key);
        return key;
    }

    private Secret fresh() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    /// Which camera a publisher's key opens. Takes as long for a wrong key as for a right one.
    Optional<CameraId> cameraOf(String key) {
        byte[] given = key.getBytes(StandardCharsets.UTF_8);
        CameraId found = null;
        for (var entry : keys.entrySet()) {
            byte[] known = entry.getValue().reveal().getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(known, given)) {
                found = entry.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    /// The camera of this name, if its key is proved. Takes as long for a name that is none.
    Optional<CameraId> cameraOf(String name, Proof proof) {
        CameraId found = null;
        Secret key = nobodys;
        for (var entry : keys.entrySet()) {
            if (entry.getKey().value().equals(name)) {
                found = entry.getKey();
                key = entry.getValue();
            }
        }
        return proof.isOf(key.reveal()) ? Optional.ofNullable(found) : Optional.empty();
    }

    private void read() {
        Map<String, String> rows = new ConcurrentHashMap<>();
        database.read(jdbc ->
                jdbc.sql("select camera, key_sealed from stream_key")
                        .query((row, _) -> rows.put(row.getString(1), row.getString(2)))
                        .list());
        rows.forEach((camera, sealed) -> {
            try {
                var id = new CameraId(camera);
                keys.put(id, vault.decrypt(id, sealed));
            } catch (GeneralSecurityException _) {
                LOG.warn(
                        "the stored stream key of camera {} cannot be decrypted; was the key file"
                                + " replaced? Make a new one",
                        camera);
            }
        });
    }
}
