package id.pantau.server.relay;

import java.util.Optional;

/// Which servers a relay may connect to: not this one, no metadata service. Asked again at every
/// try, because a name may point somewhere else by now.
@FunctionalInterface
public interface RelayAddresses {
    /// @return why not, as a sentence; empty when it may
    Optional<String> findRefusal(RelayTarget target);
}
