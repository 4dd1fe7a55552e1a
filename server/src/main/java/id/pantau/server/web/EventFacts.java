package id.pantau.server.web;

import id.pantau.server.event.Event;
import id.pantau.server.event.EventListener;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Tells browsers of events as they begin and change.
@Component
public class EventFacts implements EventListener {
    record EventText(String type, EventViews.EventView event) {}

    private final FactSockets sockets;

    EventFacts(FactSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void began(Event event) {
        tell("event.began", event);
    }

    @Override
    public void changed(Event event) {
        tell("event.changed", event);
    }

    private void tell(String type, Event event) {
        if (sockets.isHeard()) {
            sockets.tell(
                    event.camera(), new EventText(type, EventViews.of(event, false, Set.of())));
        }
    }
}
