package id.pantau.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// Figures taken of many cameras, of which the report shows the worst and whose it is.
final class WorstCases {
    private record Case(String subject, double value, String unit, double limit, boolean most) {
        boolean worseThan(Case other) {
            double beyond = value - limit;
            double othersBeyond = other.value - other.limit;
            return most ? beyond > othersBeyond : beyond < othersBeyond;
        }
    }

    private final Map<String, Case> byName = new LinkedHashMap<>();

    void atMost(String name, String subject, double value, String unit, double limit) {
        add(name, new Case(subject, value, unit, limit, true));
    }

    void atLeast(String name, String subject, double value, String unit, double limit) {
        add(name, new Case(subject, value, unit, limit, false));
    }

    private void add(String name, Case next) {
        byName.merge(name, next, (before, after) -> after.worseThan(before) ? after : before);
    }

    void addTo(Report report) {
        byName.forEach((name, worst) -> {
            String of = "%s (%s)".formatted(name, worst.subject());
            if (worst.most()) {
                report.atMost(of, worst.value(), worst.unit(), worst.limit());
            } else {
                report.atLeast(of, worst.value(), worst.unit(), worst.limit());
            }
        });
    }
}
