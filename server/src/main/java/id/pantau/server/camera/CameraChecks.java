package id.pantau.server.camera;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Examines cameras and keeps of each what the newest examination found. Thread-safe.
public final class CameraChecks implements CameraListener {
    private final CameraCheck check;
    private final FindingRepository repository;
    private final Clock clock;

    public CameraChecks(
            CameraStreams streams,
            CameraDevices devices,
            FindingRepository repository,
            Clock clock) {
        this.check = new CameraCheck(streams, devices);
        this.repository = repository;
        this.clock = clock;
    }

    /// Examines a camera, which takes up to 20 s, and keeps what was found.
    ///
    /// @throws CameraException OFF when it is switched off, or was changed meanwhile
    public CheckedCamera check(Camera camera) throws InterruptedException {
        var found = check.run(camera);
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as the row has it
        return repository.replace(camera.id(), at, found);
    }

    /// Empty before the first examination.
    public Optional<CheckedCamera> find(CameraId camera) {
        return repository.find(camera);
    }

    /// By id; without those never examined.
    public List<CheckedCamera> list() {
        return repository.list();
    }

    /// Whether a camera was examined between the two; an examination from the future counts for
    /// nothing: the server's clock was wrong then.
    boolean isChecked(CameraId camera, Instant from, Instant until) {
        return find(camera)
                .filter(one -> !one.at().isBefore(from) && !one.at().isAfter(until))
                .isPresent();
    }

    @Override
    public void cameraSet(Camera camera) {
        // what was found stays, with its time, until the next examination
    }

    @Override
    public void cameraRemoved(Camera camera, Recordings recordings) {
        repository.delete(camera.id());
    }
}
