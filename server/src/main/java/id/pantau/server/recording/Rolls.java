package id.pantau.server.recording;

import java.time.Duration;

/// How much around a trigger is kept. Files begin and end at key frames, so it may be more by up to
/// a GOP at each end, never less.
///
/// @param pre before it, 0..60 s
/// @param post after it, 0..10 min
/// @param merge two kept spans with less than this between them become one, 0..10 min
public record Rolls(Duration pre, Duration post, Duration merge) {
    public static final Duration LONGEST_PRE = Duration.ofSeconds(60);
    public static final Duration LONGEST_POST = Duration.ofMinutes(10);
    public static final Rolls DEFAULT =
            new Rolls(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5));

    public Rolls {
        check("the pre-roll", pre, LONGEST_PRE);
        check("the post-roll", post, LONGEST_POST);
        check("the merge distance", merge, LONGEST_POST);
    }

    private static void check(String what, Duration value, Duration longest) {
        if (value.isNegative() || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "%s is 0 to %d s: %s".formatted(what, longest.toSeconds(), value));
        }
    }
}
