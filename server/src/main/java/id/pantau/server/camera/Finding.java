package id.pantau.server.camera;

import java.util.Map;

/// Something about a camera's stream that is worth knowing before it is used.
///
/// @param code stable: `gop.long`
/// @param detail one English sentence: what, and what to do
/// @param params figures for translated texts
public record Finding(String code, Severity severity, String detail, Map<String, String> params) {
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }

    public Finding {
        params = Map.copyOf(params);
    }
}
