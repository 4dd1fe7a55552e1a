package id.pantau.vision.worker;

/// What all analyses of a worker share.
///
/// @param pools of detectors
/// @param turns at decoding
/// @param devices that decode
record AnalysisMeans(DetectorPools pools, DecodeTurns turns, HardwareDevices devices) {
    /// @param hardware whether devices of this machine may decode
    static AnalysisMeans of(boolean hardware) {
        return new AnalysisMeans(
                new DetectorPools(), new DecodeTurns(), new HardwareDevices(hardware));
    }
}
