package id.pantau.vision.worker;

/// How a worker on another machine stands, as it says itself once a second.
///
/// @param jobs open now
/// @param load runnable threads of its machine by its cores, over a minute; 1 is busy; negative
///   where the system does not say
/// @param modelSha256 of the model that the server wanted and that was found there; empty: none
public record WorkerLoad(int jobs, double load, String modelSha256) {
    static final WorkerLoad UNKNOWN = new WorkerLoad(0, -1, "");
}
