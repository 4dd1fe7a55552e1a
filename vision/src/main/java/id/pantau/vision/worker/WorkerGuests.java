package id.pantau.vision.worker;

import java.security.cert.X509Certificate;
import java.util.OptionalInt;

/// Which workers a server lets in, and who is told that they come and go. Called on threads of the
/// door; each call returns soon.
public interface WorkerGuests {
    /// Asked for every connection, after the authority's signature was found to be good.
    ///
    /// @return the most cameras it may analyse; empty when it is not known, or not any more
    OptionalInt admit(String name, X509Certificate certificate);

    void came(RemoteWorker worker);

    /// It has found the model that the server uses, or has it no more.
    void modelChanged(RemoteWorker worker);

    /// Its jobs have broken off.
    void went(RemoteWorker worker);
}
