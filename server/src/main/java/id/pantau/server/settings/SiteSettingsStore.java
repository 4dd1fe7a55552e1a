package id.pantau.server.settings;

import id.pantau.server.database.Database;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The site settings in force. Thread-safe; a change is stored, then told to the listeners on the
/// changing thread.
public final class SiteSettingsStore {
    private static final String OFF = "off";

    private final Database database;
    private final Object changing = new Object(); // one change at a time, listeners included
    private final List<Consumer<SiteSettings>> listeners = new ArrayList<>(); // guarded by changing
    private volatile SiteSettings current;

    /// Reads what is stored; what is not has its default.
    public SiteSettingsStore(Database database) {
        this.database = database;
        this.current = fromRows(database.read(SiteSettingsStore::rows));
    }

    public SiteSettings current() {
        return current;
    }

    /// From now on the listener hears of every change, and of the present settings at once.
    public void listen(Consumer<SiteSettings> listener) {
        synchronized (changing) {
            listeners.add(listener);
            listener.accept(current);
        }
    }

    /// @throws InvalidSettingException when the operator made settings that cannot be used
    public SiteSettings change(UnaryOperator<SiteSettings> operator) {
        synchronized (changing) {
            SiteSettings wanted = operator.apply(current);
            if (!wanted.equals(current)) {
                database.write(jdbc -> {
                    toRows(wanted).forEach((name, value) -> upsert(jdbc, name, value));
                    return true;
                });
                current = wanted;
                listeners.forEach(listener -> listener.accept(wanted));
            }
            return wanted;
        }
    }

    /// @throws InvalidSettingException `zone` is not a name of the IANA time zone database
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidSettingException(
                    "zone", "is a time zone such as Asia/Jakarta, not \"" + name + "\"");
        }
    }

    /// @param text `03:00`, or `off`
    /// @throws InvalidSettingException `nightlyCheck` is neither
    public static @Nullable LocalTime nightlyCheck(String text) {
        if (text.equals(OFF)) {
            return null;
        }
        try {
            return LocalTime.parse(text).truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeException e) {
            throw new InvalidSettingException(
                    "nightlyCheck", "is a time such as 03:00, or off, not \"" + text + "\"");
        }
    }

    /// `03:00`, or `off`
    public static String text(@Nullable LocalTime nightlyCheck) {
        return nightlyCheck == null ? OFF : nightlyCheck.toString();
    }

    private static Map<String, String> rows(JdbcClient jdbc) {
        Map<String, String> rows = new HashMap<>();
        jdbc.sql("select name, value from site_setting")
                .query(row -> {
                    rows.put(row.getString(1), row.getString(2));
                });
        return rows;
    }

    private static void upsert(JdbcClient jdbc, String name, String value) {
        jdbc.sql(
                        """
                        insert into site_setting (name, value) values (:name, :value)
                        on conflict (name) do update set value = excluded.value
                        """)
                .param("name", name)
                .param("value", value)
                .update();
    }

    private static SiteSettings fromRows(Map<String, String> rows) {
        Map<String, String> values = new HashMap<>(toRows(SiteSettings.DEFAULTS));
        values.putAll(rows);
        return new SiteSettings(
                zone(values.getOrDefault("zone", "")),
                values.getOrDefault("language", ""),
                Integer.parseInt(values.getOrDefault("connectCap", "")),
                Integer.parseInt(values.getOrDefault("liveTranscodes", "")),
                Integer.parseInt(values.getOrDefault("defaultRetentionDays", "")),
                new PublicAddress(
                        values.getOrDefault("publicHost", ""),
                        ports(values.getOrDefault("publicPorts", ""))),
                nightlyCheck(values.getOrDefault("nightlyCheck", "")));
    }

    private static Map<String, String> toRows(SiteSettings settings) {
        return Map.of(
                "zone", settings.zone().getId(),
                "language", settings.language(),
                "connectCap", Integer.toString(settings.connectCap()),
                "liveTranscodes", Integer.toString(settings.liveTranscodes()),
                "defaultRetentionDays", Integer.toString(settings.defaultRetentionDays()),
                "publicHost", settings.publicAddress().host(),
                "publicPorts", text(settings.publicAddress().ports()),
                "nightlyCheck", text(settings.nightlyCheck()));
    }

    /// `HTTP=80 RTSP=554`
    private static String text(Map<PublicAddress.Service, Integer> ports) {
        return new TreeMap<>(ports)
                .entrySet().stream()
                        .map(port -> port.getKey() + "=" + port.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static Map<PublicAddress.Service, Integer> ports(String text) {
        Map<PublicAddress.Service, Integer> ports = new EnumMap<>(PublicAddress.Service.class);
        for (String port : text.isEmpty() ? List.<String>of() : List.of(text.split(" "))) {
            int at = port.indexOf('=');
            ports.put(
                    PublicAddress.Service.valueOf(port.substring(0, at)),
                    Integer.parseInt(port.substring(at + 1)));
        }
        return ports;
    }
}
