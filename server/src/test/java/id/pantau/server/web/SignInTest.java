package id.pantau.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.pantau.server.app.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Signing in, as a browser and as a program, over real HTTP.
class SignInTest {
    private final Client admin = Client.admin();

    private Client anonymous() {
        return Client.of(TestServer.shared());
    }

    @Test
    void aBrowserGetsTwoCookiesOfWhichOnlyTheCsrfTokenIsForScripts() {
        Client.Answer answer =
                anonymous()
                        .post(
                                "/api/v1/auth/login",
                                Map.of("username", "Admin", "password", TestServer.ADMIN_PASSWORD));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("username").asString()).isEqualTo("admin");
        assertThat(answer.json().path("role").asString()).isEqualTo("administrator");
        assertThat(answer.json().path("cameras").asString()).isEqualTo("all");
        List<String> cookies = answer.headers().get("set-cookie");
        assertThat(cookies)
                .anyMatch(c ->
                        c.startsWith("PANTAU_SESSION=")
                                && c.contains("HttpOnly")
                                && c.contains("SameSite=Strict"))
                .anyMatch(c ->
                        c.startsWith("PANTAU_CSRF=")
                                && !c.contains("HttpOnly")
                                && c.contains("SameSite=Strict"));
    }

    @Test
    void aChangeWithTheCookieNeedsTheCsrfHeader() {
        Client browser = Client.browser(TestServer.GUARD, TestServer.GUARD_PASSWORD);
        String token = browser.cookie("PANTAU_CSRF");

        assertThat(browser.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(browser.without("X-CSRF-Token").post("/api/v1/auth/logout", Map.of()).code())
                .isEqualTo("auth.csrf");
        assertThat(
                        browser.header("X-CSRF-Token", "x" + token)
                                .post("/api/v1/auth/logout", Map.of())
                                .status())
                .isEqualTo(403);
        assertThat(
                        browser.header("X-CSRF-Token", token)
                                .post("/api/v1/auth/logout", Map.of())
                                .status())
                .isEqualTo(204);
    }

    @Test
    void aCsrfTokenPlantedTogetherWithItsCookieIsRefused() {
        Client browser = Client.browser(TestServer.GUARD, TestServer.GUARD_PASSWORD);

        browser.withCookie("PANTAU_CSRF", "planted").header("X-CSRF-Token", "planted");

        assertThat(browser.post("/api/v1/auth/logout", Map.of()).code()).isEqualTo("auth.csrf");
    }

    @Test
    void signingOutEndsTheSessionOnTheServer() {
        Client browser = Client.browser(TestServer.GUARD, TestServer.GUARD_PASSWORD);
        String session = browser.cookie("PANTAU_SESSION");

        browser.post("/api/v1/auth/logout", Map.of());

        assertThat(browser.cookie("PANTAU_SESSION")).isEmpty();
        assertThat(
                        anonymous()
                                .withCookie("PANTAU_SESSION", session)
                                .get("/api/v1/auth/me")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
        Client.Answer wrong =
                anonymous()
                        .post(
                                "/api/v1/auth/token",
                                Map.of("username", "guard", "password", "wrong password"));
        Client.Answer unknown =
                anonymous()
                        .post(
                                "/api/v1/auth/token",
                                Map.of("username", "ghost", "password", "wrong password"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("auth.badCredentials");
        assertThat(wrong.text()).isEqualTo(unknown.text());
    }

    @Test
    void theSixthWrongPasswordWaits() {
        add("guessed", "not the tested 1");
        for (int i = 0; i < 5; i++) {
            assertThat(login("guessed", "wrong password").status()).isEqualTo(401);
        }

        Client.Answer sixth = login("guessed", "not the tested 1");

        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.code()).isEqualTo("auth.throttled");
        assertThat(Integer.parseInt(sixth.header("Retry-After"))).isBetween(200, 300);
        assertThat(sixth.json().path("params").path("retryAfterS").asString())
                .isEqualTo(sixth.header("Retry-After"));
    }

    @Test
    void deletingAUserEndsTheirSessionAndTheirTokenAtOnce() {
        add("leaver", "a good password 1");
        Client browser = Client.browser("leaver", "a good password 1");
        Client program = Client.bearer("leaver", "a good password 1");
        assertThat(program.get("/api/v1/auth/me").status()).isEqualTo(200);

        assertThat(admin.delete("/api/v1/users/leaver").status()).isEqualTo(204);

        assertThat(browser.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(program.get("/api/v1/auth/me").status()).isEqualTo(401);
    }

    @Test
    void changingAUsersCamerasEndsTheirSessionButTheirLanguageDoesNot() {
        add("mover", "a good password 1");
        Client browser = Client.browser("mover", "a good password 1");

        admin.patch("/api/v1/users/mover", Map.of("language", "en"));
        assertThat(browser.get("/api/v1/auth/me").json().path("language").asString())
                .isEqualTo("en");

        admin.patch("/api/v1/users/mover", Map.of("cameras", List.of("gate")));
        assertThat(browser.get("/api/v1/auth/me").status()).isEqualTo(401);
    }

    @Test
    void changingOnesOwnPasswordKeepsThisSessionAndEndsTheOthers() {
        add("changer", "a good password 1");
        Client here = Client.browser("changer", "a good password 1");
        Client elsewhere = Client.browser("changer", "a good password 1");

        Client.Answer wrong =
                here.post(
                        "/api/v1/auth/password",
                        Map.of("current", "no", "next", "a better password 2"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("fieldErrors").path(0).path("field").asString())
                .isEqualTo("current");
        assertThat(
                        here.post(
                                        "/api/v1/auth/password",
                                        Map.of(
                                                "current",
                                                "a good password 1",
                                                "next",
                                                "a better password 2"))
                                .status())
                .isEqualTo(204);

        assertThat(here.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/auth/me").status()).isEqualTo(401);
    }

    @Test
    void aWrongBearerIsNobodyEvenBesideAGoodCookie() {
        Client browser = Client.browser(TestServer.GUARD, TestServer.GUARD_PASSWORD);

        assertThat(
                        browser.header("Authorization", "Bearer nonsense")
                                .get("/api/v1/auth/me")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void aServerWithAnAdministratorIsSetUp() {
        assertThat(anonymous().get("/api/v1/setup").json().path("needed").asBoolean()).isFalse();
        assertThat(
                        anonymous()
                                .post(
                                        "/api/v1/setup",
                                        Map.of(
                                                "token",
                                                "x",
                                                "username",
                                                "evil",
                                                "password",
                                                "a good password 1"))
                                .code())
                .isEqualTo("setup.refused");
    }

    private void add(String username, String password) {
        Client.Answer added =
                admin.post("/api/v1/users", Map.of("username", username, "password", password));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
    }

    private Client.Answer login(String username, String password) {
        return anonymous()
                .post("/api/v1/auth/login", Map.of("username", username, "password", password));
    }
}
