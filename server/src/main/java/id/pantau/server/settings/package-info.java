/// What the operator may set, and the home directory everything lives in. Start-up settings are one
/// typed record per module, made by `app` from the defaults, the YAML file and the environment;
/// site settings are kept in the table `site_setting` and change while the server runs. Knows no
/// other domain.
@NullMarked
package id.pantau.server.settings;

import org.jspecify.annotations.NullMarked;
