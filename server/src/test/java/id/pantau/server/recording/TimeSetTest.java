package id.pantau.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class TimeSetTest {
    private static final long SEED = Long.getLong("pantau.seed", 20261121L);

    @RepeatedTest(50)
    void setsOfTimeFollowTheRulesOfSets(RepetitionInfo repetition) {
        var random = new SplittableRandom(SEED + repetition.getCurrentRepetition());
        var a = spans(random);
        var b = spans(random);
        BitSet union = bits(a);
        union.or(bits(b));
        BitSet both = bits(a);
        both.and(bits(b));
        BitSet left = bits(a);
        left.andNot(bits(b));

        TimeSet first = TimeSet.ofAll(a);
        TimeSet second = TimeSet.ofAll(b);
        assertThat(bits(first.union(second).spans())).as("seed %d", SEED).isEqualTo(union);
        assertThat(bits(first.intersect(second).spans())).isEqualTo(both);
        assertThat(bits(first.minus(second).spans())).isEqualTo(left);
        assertThat(first.minus(second).totalMs()).isEqualTo(left.cardinality());
    }

    private static List<TimeSet.Span> spans(SplittableRandom random) {
        var spans = new ArrayList<TimeSet.Span>();
        for (int i = random.nextInt(8); i > 0; i--) {
            long start = random.nextInt(100);
            spans.add(new TimeSet.Span(start, start + random.nextInt(20)));
        }
        return spans;
    }

    private static BitSet bits(List<TimeSet.Span> spans) {
        var bits = new BitSet();
        spans.forEach(span -> bits.set((int) span.startMs(), (int) span.endMs()));
        return bits;
    }
}
