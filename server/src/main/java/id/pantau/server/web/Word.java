package id.pantau.server.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A text field, or a list of texts, that is a constant of this enum as [CameraViews#word] writes
/// it: the API document lists the words.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Word {
    Class<? extends Enum<?>> value();

    /// Words of it that this field never has.
    String[] except() default {};
}
