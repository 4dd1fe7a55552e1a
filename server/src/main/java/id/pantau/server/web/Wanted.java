package id.pantau.server.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A field that a request must have. It is `@Nullable` all the same, so that its absence is told by
/// name ([Required#field]) and not by the JSON reader.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Wanted {}
