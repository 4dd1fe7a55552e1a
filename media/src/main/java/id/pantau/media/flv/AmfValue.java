package id.pantau.media.flv;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One value of AMF0 (Action Message Format, AMF 0). References and switches to AMF3 are not among
/// them: nobody who streams sends any.
public sealed interface AmfValue {
    AmfValue NULL = new Nothing(false);

    record Number(double value) implements AmfValue {}

    record Flag(boolean value) implements AmfValue {}

    /// @param value a string, short or long, or the text of an XML document
    record Text(String value) implements AmfValue {}

    /// @param undefined whether it is `undefined` rather than `null`
    record Nothing(boolean undefined) implements AmfValue {}

    /// @param epochMs milliseconds since 1970
    record Date(double epochMs) implements AmfValue {}

    /// A strict array.
    record Items(List<AmfValue> values) implements AmfValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// An object, typed or not, or an ECMA array.
    ///
    /// @param fields in their order
    /// @param array whether it is an ECMA array
    record Fields(Map<String, AmfValue> fields, boolean array) implements AmfValue {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /// An object; keys and values in turn, values as for [#of].
    static AmfValue object(Object... keysAndValues) {
        return new Fields(fields(keysAndValues), false);
    }

    /// An ECMA array; keys and values in turn, values as for [#of].
    static AmfValue array(Object... keysAndValues) {
        return new Fields(fields(keysAndValues), true);
    }

    private static Map<String, AmfValue> fields(Object... keysAndValues) {
        var fields = new LinkedHashMap<String, AmfValue>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], of(keysAndValues[i + 1]));
        }
        return fields;
    }

    /// @param plain a number, string, boolean, or a value already
    static AmfValue of(Object plain) {
        return switch (plain) {
            case AmfValue value -> value;
            case java.lang.Number number -> new Number(number.doubleValue());
            case String text -> new Text(text);
            case Boolean flag -> new Flag(flag);
            default -> throw new IllegalArgumentException("no AMF0 for " + plain.getClass());
        };
    }

    /// The text of a string; empty for everything else.
    default Optional<String> text() {
        return this instanceof Text(String value) ? Optional.of(value) : Optional.empty();
    }

    /// The value of a number; empty for everything else.
    default Optional<Double> number() {
        return this instanceof Number(double value) ? Optional.of(value) : Optional.empty();
    }

    /// A field of an object or ECMA array; empty without it, and for everything else.
    default Optional<AmfValue> field(String name) {
        return this instanceof Fields object
                ? Optional.ofNullable(object.fields.get(name))
                : Optional.empty();
    }
}
