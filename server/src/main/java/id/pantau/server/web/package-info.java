/// The edge towards HTTP: which route needs which right, how errors look, and the browser UI's
/// files. Controllers translate between the HTTP contract (`docs/design/api.md`) and the domains;
/// they hold no rules of their own. It sits outside the domains: none of them imports it.
@NullMarked
package id.pantau.server.web;

import org.jspecify.annotations.NullMarked;
