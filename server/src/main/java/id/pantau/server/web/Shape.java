package id.pantau.server.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a body that is read as a tree looks like, for the API document. Such a body tells an absent
/// field (stays as it is) from `null` (is cleared).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Shape {
    Class<? extends Record> value();
}
