/// Who may do what: users, passwords, login sessions, bearer tokens, media tickets and the right to
/// a camera. Owns the tables `account`, `account_camera`, `login_session` and `bearer_token` and
/// the key file in the home. Knows no other domain: a camera is only its id here.
@NullMarked
package id.pantau.server.identity;

import org.jspecify.annotations.NullMarked;
