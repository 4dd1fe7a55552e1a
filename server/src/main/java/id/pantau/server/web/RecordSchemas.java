package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says in the API document what the records of the API say in Java: a component that is not
/// `@Nullable` is always there, and an enum has a name and is listed once.
@Component
class RecordSchemas implements ModelConverter {
    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        Class<?> raw = rawClass(type);
        if (schema != null && raw != null && raw.isRecord()) {
            Schema<?> defined =
                    schema.get$ref() == null
                            ? schema
                            : context.getDefinedModels()
                                    .get(schema.get$ref().substring(REFERENCE.length()));
            if (defined != null && defined.getProperties() != null) {
                describe(raw, defined, context);
            }
        }
        return schema;
    }

    private static @Nullable Class<?> rawClass(AnnotatedType type) {
        return type.getType() instanceof JavaType known
                ? known.getRawClass()
                : type.getType() == null
                        ? null
                        : Json31.mapper().constructType(type.getType()).getRawClass();
    }

    private static void describe(Class<?> record, Schema<?> schema, ModelConverterContext context) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = component.getName();
            Schema<?> property = schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            boolean optional = isOptional(record, component);
            boolean told = schema.getRequired() != null && schema.getRequired().contains(name);
            if (!optional && !told) {
                schema.addRequiredItem(name);
            }
            Word word = component.getAnnotation(Word.class);
            if (word != null) {
                Schema<?> one = named(word.value(), words(word), context);
                boolean many = List.class.isAssignableFrom(component.getType());
                schema.addProperty(name, many ? new ArraySchema().items(one) : one);
            } else if (component.getType().isEnum() && property.getEnum() != null) {
                schema.addProperty(
                        name, named(component.getType(), List.copyOf(property.getEnum()), context));
            }
        }
        schema.setProperties(new TreeMap<>(schema.getProperties()));
    }

    private static boolean isOptional(Class<?> record, RecordComponent component) {
        JsonInclude included = record.getAnnotation(JsonInclude.class);
        boolean leftOutWhenEmpty =
                included != null
                        && included.value() == JsonInclude.Include.NON_EMPTY
                        && (Collection.class.isAssignableFrom(component.getType())
                                || Map.class.isAssignableFrom(component.getType()));
        return leftOutWhenEmpty
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                        && !component.isAnnotationPresent(Wanted.class);
    }

    private static List<String> words(Word word) {
        List<String> never = List.of(word.except());
        return Arrays.stream(word.value().getEnumConstants())
                .map(CameraViews::word)
                .filter(text -> !never.contains(text))
                .toList();
    }

    /// @return a reference to the enum's own schema
    private static Schema<?> named(
            Class<?> constants, List<?> values, ModelConverterContext context) {
        String name = nameOf(constants);
        Schema<Object> schema = new Schema<>();
        schema.setTypes(Set.of("string"));
        schema.setEnum(List.copyOf(values));
        context.defineModel(name, schema);
        return new Schema<>().$ref(REFERENCE + name);
    }

    /// `StreamState.Phase` is `StreamPhase`: a nested enum is named after what it belongs to,
    /// unless that only holds types.
    private static String nameOf(Class<?> constants) {
        String own = constants.getSimpleName();
        Class<?> owner = constants.getEnclosingClass();
        if (owner == null || owner.getSimpleName().endsWith("Types")) {
            return own.replaceFirst("Name$", "");
        }
        return owner.getSimpleName().replaceFirst("(State|Settings|Target|End)$", "") + own;
    }
}
