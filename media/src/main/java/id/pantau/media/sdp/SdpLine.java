package id.pantau.media.sdp;

/// One `type=value` line (RFC 8866 §5).
///
/// @param type one ASCII letter
/// @param value without white space around it
public record SdpLine(char type, String value) {
    public SdpLine {
        value = value.replace('\r', ' ').replace('\n', ' ').strip();
    }

    /// `a=name:value`
    public static SdpLine attribute(String name, String value) {
        return new SdpLine('a', name + ':' + value);
    }

    /// `a=name`
    public static SdpLine attribute(String name) {
        return new SdpLine('a', name);
    }

    /// Whether it is the attribute of that name, with a value or without.
    boolean isAttribute(String name) {
        return type == 'a'
                && value.regionMatches(true, 0, name, 0, name.length())
                && (value.length() == name.length() || value.charAt(name.length()) == ':');
    }

    /// What is behind the colon of an attribute; empty without one.
    String attributeValue() {
        return value.substring(value.indexOf(':') + 1).strip();
    }

    void writeTo(StringBuilder text) {
        text.append(type).append('=').append(value).append("\r\n");
    }
}
