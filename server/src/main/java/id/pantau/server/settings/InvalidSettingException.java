package id.pantau.server.settings;

/// A setting whose value cannot be used; the message completes a sentence that starts with the
/// setting's name ("zone is not a time zone").
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private final String setting;

    public InvalidSettingException(String setting, String message) {
        super(setting + " " + message);
        this.setting = setting;
    }

    /// Name of the setting, as in JSON and YAML.
    public String setting() {
        return setting;
    }
}
