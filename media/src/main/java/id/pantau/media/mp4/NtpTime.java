package id.pantau.media.mp4;

import java.time.Instant;

/// Wall clock as in NTP (RFC 5905 §6): seconds since 1900 and 1/2^32 s. There and back is exact.
final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private NtpTime() {}

    static long of(Instant instant) {
        long fraction = ((long) instant.getNano() << 32) / 1_000_000_000 + 1;
        if (instant.getNano() == 0) {
            fraction = 0;
        }
        return instant.getEpochSecond() + SECONDS_1900_TO_1970 << 32 | fraction;
    }

    /// Times before 1968 are of the era that begins in 2036.
    static Instant toInstant(long ntp) {
        long seconds = ntp >>> 32;
        long era = seconds < 1L << 31 ? 1L << 32 : 0;
        long nanos = (ntp & 0xffff_ffffL) * 1_000_000_000 >>> 32;
        return Instant.ofEpochSecond(seconds + era - SECONDS_1900_TO_1970, nanos);
    }
}
