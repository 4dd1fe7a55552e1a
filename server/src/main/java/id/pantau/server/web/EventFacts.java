package id.pantau.server.web;

import id.pantau.server.event.Event;
import id.pantau.server.event.EventListener;
import id.pantau.server.event.PictureFlaw;
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
    public void began(Event event, Set<PictureFlaw> flaws) {
        tell("event.began", event, flaws);
    }

    @Override
    public void changed(Event event, Set<PictureFlaw> flaws) {
        tell("event.changed", event, flaws);
    }

    @Override
    public void judged(Event event, Set<PictureFlaw> flaws) {
        tell("event.changed", event, flaws);
    }

    private void tell(String type, Event event, Set<PictureFlaw> flaws) {
        if (sockets.isHeard()) {
            sockets.tell(event.camera(), new EventText(type, EventViews.of(event, false, flaws)));
        }
    }
}
