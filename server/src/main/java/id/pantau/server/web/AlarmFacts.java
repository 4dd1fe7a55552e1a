package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.pantau.server.health.Alarm;
import id.pantau.server.health.AlarmListener;
import id.pantau.server.health.Alarms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells browsers of alarms.
@Component
class AlarmFacts implements AlarmListener {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AlarmView(
            String id,
            @Word(Alarm.Kind.class) String kind,
            String subject,
            String cause,
            String detail,
            Instant since) {
        static AlarmView of(Alarm alarm) {
            return new AlarmView(
                    alarm.id(),
                    alarm.kind().text(),
                    alarm.subject(),
                    alarm.cause(),
                    alarm.detail(),
                    alarm.since());
        }
    }

    record AlarmText(String type, AlarmView alarm) {}

    private final FactSockets sockets;

    AlarmFacts(FactSockets sockets, Alarms alarms) {
        this.sockets = sockets;
        alarms.listen(this);
    }

    @Override
    public void raised(Alarm alarm) {
        sockets.tell(camera(alarm), new AlarmText("alarm.raised", AlarmView.of(alarm)));
    }

    @Override
    public void cleared(Alarm alarm) {
        sockets.tell(camera(alarm), new AlarmText("alarm.cleared", AlarmView.of(alarm)));
    }

    /// @return the camera an alarm is about; null when it is about the server
    static @Nullable String camera(Alarm alarm) {
        return switch (alarm.kind()) {
            case CAMERA, RECORDING, ANALYSIS -> alarm.subject();
            case VOLUME, CLOCK, CERTIFICATE, WORKER -> null;
            case RELAY -> null; // where streams are pushed to is not for operators
        };
    }
}
