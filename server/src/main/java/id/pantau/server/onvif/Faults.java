package id.pantau.server.onvif;

import id.pantau.server.onvif.OnvifException.Category;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a SOAP fault means (SOAP 1.2 part 1 §5.4, SOAP 1.1 §4.4; codes of ONVIF Core §5.8.2.2).
///
/// @param codes from the outermost, without prefixes
/// @param reason the device's words
record Faults(List<String> codes, String reason) {
    private static final Pattern LOCKING = Pattern.compile("\\block|too many");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int LOCKED = 423;

    Faults {
        codes = List.copyOf(codes);
    }

    static Faults of(XmlElement fault) {
        List<String> codes =
                Stream.concat(
                                fault.child("Code").stream()
                                        .flatMap(code -> code.findAll("Value").stream()),
                                fault.child("faultcode").stream())
                        .map(code -> local(code.text()))
                        .toList();
        String reason = fault.at("Reason", "Text").map(XmlElement::text).orElse("");
        return new Faults(codes, reason.isEmpty() ? fault.text("faultstring") : reason);
    }

    /// A refusal that came as a bare HTTP status.
    static Faults ofStatus(int status) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN -> new Faults(List.of("NotAuthorized"), "HTTP " + status);
            case LOCKED -> new Faults(List.of("NotAuthorized"), "locked (HTTP 423)");
            case 404, 405, 501 -> new Faults(List.of("ActionNotSupported"), "HTTP " + status);
            default -> new Faults(List.of(), "HTTP " + status);
        };
    }

    private static String local(String code) {
        return code.substring(code.lastIndexOf(':') + 1).strip();
    }

    Category category() {
        String words = reason.toLowerCase(Locale.ROOT);
        boolean refused = hasAny("NotAuthorized", "FailedAuthentication", "SenderNotAuthorized");
        if ((refused || hasAny("OperationProhibited")) && LOCKING.matcher(words).find()) {
            return Category.LOCKED_OUT;
        }
        if (hasAny("MessageExpired")
                || refused
                        && Stream.of("clock", "expired", "timestamp").anyMatch(words::contains)) {
            return Category.CLOCK_WRONG;
        }
        if (refused || hasAny("InvalidSecurity", "InvalidSecurityToken", "FailedCheck")) {
            return Category.NOT_AUTHORISED;
        }
        if (hasAny(
                "ActionNotSupported",
                "OptionalActionNotImplemented",
                "NoSuchService",
                "PTZNotSupported",
                "NoPTZProfile",
                "UnknownAction",
                "NoImagingForSource",
                "NotSupported")) {
            return Category.NOT_SUPPORTED;
        }
        return Category.REQUEST_REFUSED;
    }

    private boolean hasAny(String... wanted) {
        return List.of(wanted).stream().anyMatch(codes::contains);
    }

    /// @param action what was asked: `GetProfiles`
    OnvifException exception(String where, String action) {
        Category category = category();
        String words = Soap.shortened(reason.isEmpty() ? String.join(", ", codes) : reason);
        return new OnvifException(
                category,
                switch (category) {
                    case NOT_AUTHORISED ->
                            ("%s does not let this user do %s (\"%s\"). Check user name and password;"
                                            + " some cameras keep ONVIF users of their own.")
                                    .formatted(where, action, words);
                    case LOCKED_OUT ->
                            ("%s is locked after too many wrong passwords (\"%s\"). Wait for some"
                                            + " minutes, then type the right one.")
                                    .formatted(where, words);
                    case CLOCK_WRONG ->
                            "%s refused the time of the request (\"%s\"). Set the camera's clock."
                                    .formatted(where, words);
                    case NOT_SUPPORTED -> "%s has no %s (\"%s\").".formatted(where, action, words);
                    case REQUEST_REFUSED, NOT_ONVIF, TIMEOUT, UNREACHABLE, ADDRESS_REFUSED ->
                            "%s refused %s: \"%s\".".formatted(where, action, words);
                });
    }
}
