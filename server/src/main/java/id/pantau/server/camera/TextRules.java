package id.pantau.server.camera;

import id.pantau.server.camera.CameraException.FieldError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a name may consist of. It ends up in file names of exports, page titles, notifications and
/// other people's systems; what breaks one of those is refused here, once, in words.
final class TextRules {
    private TextRules() {}

    /// @return the text without blanks around it
    static String check(String field, String text, int maxLength, List<FieldError> wrong) {
        String trimmed = text.strip();
        String what = field.equals("name") ? "The name" : "A label";
        String code = "camera." + (field.equals("name") ? "name" : "label");
        int length = trimmed.codePointCount(0, trimmed.length());
        if (length > maxLength) {
            wrong.add(
                    new FieldError(
                            field,
                            code + "TooLong",
                            "%s has %d characters; use at most %d."
                                    .formatted(what, length, maxLength)));
            return trimmed;
        }
        trimmed.codePoints()
                .filter(point -> refusal(point) != null)
                .findFirst()
                .ifPresent(point ->
                        wrong.add(
                                new FieldError(
                                        field,
                                        code + "HasForbiddenCharacter",
                                        "%s contains %s; leave it out."
                                                .formatted(what, refusal(point)))));
        return trimmed;
    }

    /// Credentials may hold any visible character; line ends would break the protocol.
    static void checkCredential(
            String field, @Nullable String text, int maxLength, List<FieldError> wrong) {
        if (text == null) {
            return;
        }
        String what = field.equals("username") ? "user name" : "password";
        if (text.length() > maxLength) {
            wrong.add(
                    new FieldError(
                            field,
                            "camera.credentialTooLong",
                            "The %s has more than %d characters; cameras take far fewer."
                                    .formatted(what, maxLength)));
        } else if (text.codePoints().anyMatch(Character::isISOControl)) {
            wrong.add(
                    new FieldError(
                            field,
                            "camera.credentialHasControlCharacter",
                            "The %s contains a control character; type it instead of pasting it."
                                    .formatted(what)));
        }
    }

    /// @return what to call a character that is refused; null for one that is fine
    private static @Nullable String refusal(int point) {
        if (point == '"' || point == '<' || point == '>' || point == '\\' || point == '/') {
            return "the character " + Character.toString(point);
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL -> "a control character (%s)".formatted(hex(point));
            case Character.FORMAT -> "an invisible character (%s)".formatted(hex(point));
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    "a line break (%s)".formatted(hex(point));
            case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
                    "a character that does not exist (%s)".formatted(hex(point));
            default -> null;
        };
    }

    private static String hex(int point) {
        return String.format(Locale.ROOT, "U+%04X", point);
    }
}
