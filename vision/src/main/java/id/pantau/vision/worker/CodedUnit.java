package id.pantau.vision.worker;

import java.nio.ByteBuffer;

/// One encoded picture on its way to the worker or back, on the clock of its source.
///
/// @param dts90k when it is decoded, in ticks of 1/90000 s
/// @param pts90k when it is shown
/// @param payload NAL units: behind their lengths in 32 bits on the way to the worker, behind start
///   codes (ITU-T H.264 Annex B) on the way back; from position to limit
public record CodedUnit(boolean keyFrame, long dts90k, long pts90k, ByteBuffer payload) {}
