package id.pantau.vision;

import java.util.Set;

/// Classes that a detector takes for one another from frame to frame: a bicycle is called a
/// motorcycle in about half of all frames, so one object may carry every label of its group.
public enum ObjectGroup {
    TWO_WHEELER(Set.of("bicycle", "motorcycle")),
    FOUR_WHEELER(Set.of("car", "bus", "truck")),
    PERSON(Set.of("person")),
    /// Each label by itself.
    OTHER(Set.of());

    private final Set<String> labels;

    ObjectGroup(Set<String> labels) {
        this.labels = labels;
    }

    public static ObjectGroup of(String label) {
        for (ObjectGroup group : values()) {
            if (group.labels.contains(label)) {
                return group;
            }
        }
        return OTHER;
    }

    /// Whether both labels may be said of one object.
    public static boolean same(String one, String other) {
        ObjectGroup group = of(one);
        return group == OTHER ? one.equals(other) : group == of(other);
    }
}
