package id.pantau.server.app;

/// How this machine's own worker is started.
///
/// @param hardwareDecoding whether devices of this machine may decode what is analysed
record WorkerSettings(boolean hardwareDecoding) {}
