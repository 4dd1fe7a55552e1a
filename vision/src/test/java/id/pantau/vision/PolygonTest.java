package id.pantau.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolygonTest {
    private static Polygon polygon(double... coordinates) {
        var points = new ArrayList<Polygon.Point>();
        for (int i = 0; i < coordinates.length; i += 2) {
            points.add(new Polygon.Point(coordinates[i], coordinates[i + 1]));
        }
        return new Polygon(points);
    }

    @Test
    void aDentedOneContainsWhatIsInsideItsEdges() {
        Polygon dented = polygon(0, 0, 1, 0, 1, 1, 0.5, 0.2, 0, 1);
        assertThat(dented.contains(0.1, 0.5)).isTrue();
        assertThat(dented.contains(0.9, 0.5)).isTrue();
        assertThat(dented.contains(0.5, 0.5)).isFalse();
        assertThat(dented.contains(1.1, 0.5)).isFalse();
    }

    @Test
    void whatIsNoAreaIsRefusedWithTheReason() {
        assertThatThrownBy(() -> polygon(0, 0, 1, 1)).hasMessageContaining("3 to 64 corners");
        assertThatThrownBy(() -> polygon(0, 0, 0.5, 0.5, 1, 1)).hasMessageContaining("no area");
        assertThatThrownBy(() -> polygon(0, 0, 1, 1, 1, 0, 0, 1))
                .hasMessageContaining("cross each other");
        assertThatThrownBy(() -> polygon(0, 0, 1.5, 0, 1, 1))
                .hasMessageContaining("outside the picture");
        assertThatThrownBy(() -> polygon(0, 0, Double.NaN, 0, 1, 1))
                .hasMessageContaining("outside the picture");
        assertThatThrownBy(() -> new Polygon(List.of())).hasMessageContaining("this one 0");
    }
}
