package id.pantau.vision.worker;

import java.nio.ByteBuffer;
import java.time.Instant;

/// One encoded picture to be analysed.
///
/// @param pts90k when it is shown, in ticks of 1/90000 s of its source's clock
/// @param wallTime when it was captured, by the server's clock
/// @param payload NAL units behind their lengths in 32 bits; from position to limit
public record TimedUnit(boolean keyFrame, long pts90k, Instant wallTime, ByteBuffer payload) {}
