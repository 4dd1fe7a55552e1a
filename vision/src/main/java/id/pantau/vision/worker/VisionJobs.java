package id.pantau.vision.worker;

import id.pantau.media.AccessUnit;
import java.io.IOException;

/// Who takes jobs of analysis: the worker of this machine, or one on another. Thread-safe.
public interface VisionJobs {
    /// Begins a job.
    ///
    /// @throws WorkerUnavailableException when the worker cannot take it at present
    WorkerAnalysis open(AnalyseRequest request)
            throws WorkerUnavailableException, InterruptedException;

    /// Makes a JPEG of a picture.
    ///
    /// @param picture a key frame of the stream that the request describes
    /// @throws WorkerUnavailableException when the worker cannot take it at present
    /// @throws IOException when the picture cannot be decoded; the message says why
    byte[] still(StillRequest request, AccessUnit picture)
            throws WorkerUnavailableException, IOException, InterruptedException;
}
