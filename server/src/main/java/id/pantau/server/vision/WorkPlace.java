package id.pantau.server.vision;

import id.pantau.vision.worker.RemoteWorker;
import id.pantau.vision.worker.VisionJobs;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where cameras may be analysed: by the worker of this machine, or one elsewhere while it is
/// connected. The same one is the same object.
///
/// @param name of one elsewhere; null: this machine's, which takes whatever no other may
/// @param capacity cameras; one elsewhere never takes more
/// @param model SHA-256 of the model that lies there, asked each time; empty: none
/// @param gone whether one elsewhere has broken off, which [Placement#went] is about to hear
record WorkPlace(
        @Nullable String name,
        VisionJobs jobs,
        int capacity,
        Supplier<String> model,
        BooleanSupplier gone) {
    static WorkPlace ofThisMachine(VisionJobs jobs, int capacity) {
        return new WorkPlace(null, jobs, capacity, () -> "", () -> false);
    }

    static WorkPlace of(RemoteWorker worker) {
        return new WorkPlace(
                worker.name(),
                worker,
                worker.capacity(),
                () -> worker.load().modelSha256(),
                worker::isGone);
    }

    boolean isThisMachine() {
        return name == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
