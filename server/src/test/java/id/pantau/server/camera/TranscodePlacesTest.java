package id.pantau.server.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TranscodePlacesTest {
    private final TranscodePlaces places = new TranscodePlaces(2);
    private final List<String> ended = new ArrayList<>();

    private TranscodePlaces.Place enter(String name) {
        var place = Objects.requireNonNull(places.enter());
        place.onRevoked(() -> ended.add(name));
        return place;
    }

    @Test
    void asManyRunAsMayAndTheNextOneIsRefused() {
        TranscodePlaces.Place first = enter("first");
        enter("second");
        assertThat(places.enter()).isNull();
        assertThat(places.refused()).isEqualTo(1);
        assertThat(places.running()).isEqualTo(2);

        first.close();
        first.close();
        assertThat(places.enter()).isNotNull();
        assertThat(places.enter()).isNull();
    }

    @Test
    void whenFewerMayTheNewestEndAndTheirPlacesAreGone() {
        TranscodePlaces.Place first = enter("first");
        TranscodePlaces.Place second = enter("second");
        places.setLimit(1);
        assertThat(ended).containsExactly("second");
        assertThat(first.isRevoked()).isFalse();
        assertThat(second.isRevoked()).isTrue();
        second.close();
        assertThat(places.running()).isEqualTo(1);

        places.setLimit(0);
        assertThat(ended).containsExactly("second", "first");
        second.onRevoked(() -> ended.add("late"));
        assertThat(ended).as("one that only now knows how it is ended").endsWith("late");
    }
}
