package id.pantau.testkit;

/// Thrown by a [FaultyFileSystem] from the operation on at which the process was to die. An error,
/// so that no `catch (IOException)` tidies up after a death.
public final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed(String operation) {
        super("killed at " + operation);
    }
}
