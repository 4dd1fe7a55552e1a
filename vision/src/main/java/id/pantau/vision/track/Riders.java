package id.pantau.vision.track;

import id.pantau.vision.Box;
import id.pantau.vision.Detection;
import id.pantau.vision.ObjectGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Who sits on a two-wheeler is no pedestrian: the vehicle is one object, with its rider.
final class Riders {
    /// Of the smaller of both boxes.
    private static final double SHARED = 0.35;

    /// A weak detection of a vehicle is enough to doubt its rider.
    private static final double LEAST_SCORE = 0.2;

    private Riders() {}

    static List<Detection> without(List<Detection> detections, List<FollowedObject> objects) {
        var vehicles = new ArrayList<Box>();
        for (Detection detection : detections) {
            if (isTwoWheeler(detection.label()) && detection.score() >= LEAST_SCORE) {
                vehicles.add(detection.box());
            }
        }
        for (FollowedObject object : objects) {
            String label = object.label();
            if (object.isConfirmed() && isTwoWheeler(Objects.requireNonNullElse(label, ""))) {
                vehicles.add(object.box());
            }
        }
        return detections.stream()
                .filter(one ->
                        ObjectGroup.of(one.label()) != ObjectGroup.PERSON
                                || vehicles.stream()
                                        .noneMatch(vehicle -> rides(one.box(), vehicle)))
                .toList();
    }

    private static boolean isTwoWheeler(String label) {
        return ObjectGroup.of(label) == ObjectGroup.TWO_WHEELER;
    }

    private static boolean rides(Box person, Box vehicle) {
        double shared = person.intersection(vehicle);
        boolean above = Math.abs(person.centreX() - vehicle.centreX()) < 0.6 * vehicle.width();
        return above && shared > SHARED * Math.min(person.area(), vehicle.area());
    }
}
