package id.pantau.server.health;

/// Hears of alarms, on the thread that raised or cleared them: returns at once, throws nothing.
public interface AlarmListener {
    void raised(Alarm alarm);

    void cleared(Alarm alarm);
}
