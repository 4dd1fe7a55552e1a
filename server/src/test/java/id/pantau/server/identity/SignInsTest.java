package id.pantau.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import id.pantau.server.database.Database;
import id.pantau.server.database.Dialect;
import id.pantau.server.database.TestDatabases;
import id.pantau.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sessions, tokens, tickets and users, on both databases, with a clock set by hand.
class SignInsTest {
    private static final String PASSWORD = "a good password 1";
    private static final String HERE = "192.0.2.7";

    @TempDir Path home;
    private final ManualClock clock = ManualClock.startingAt(Instant.parse("2026-11-21T07:00:00Z"));

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aSessionUnusedForTwelveHoursEnds(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    String token = identity.signIns().signIn("ani", PASSWORD, HERE).token();
                    clock.advance(Duration.ofHours(11));
                    assertThat(identity.signIns().findBySession(token)).isPresent();
                    clock.advance(Duration.ofHours(11));
                    assertThat(identity.signIns().findBySession(token))
                            .as("used in between")
                            .isPresent();
                    clock.advance(Duration.ofHours(12).plusSeconds(1));
                    assertThat(identity.signIns().findBySession(token)).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aSessionEndsAfterSevenDaysHoweverMuchItIsUsed(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    String token = identity.signIns().signIn("ani", PASSWORD, HERE).token();
                    for (int hours = 0; hours < 7 * 24; hours += 8) {
                        assertThat(identity.signIns().findBySession(token))
                                .as("after %d h", hours)
                                .isPresent();
                        clock.advance(Duration.ofHours(8));
                    }
                    assertThat(identity.signIns().findBySession(token)).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aBearerTokenLastsADay(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    SignIns.NewToken token = identity.signIns().issueToken("ani", PASSWORD, HERE);
                    assertThat(token.expiresAt()).isEqualTo(Instant.parse("2026-11-22T07:00:00Z"));
                    clock.advance(Duration.ofHours(23));
                    assertThat(identity.signIns().findByBearer(token.accessToken()))
                            .hasValueSatisfying(
                                    actor -> assertThat(actor.username()).isEqualTo("ani"));
                    clock.advance(Duration.ofHours(1));
                    assertThat(identity.signIns().findByBearer(token.accessToken())).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aTicketOpensOneCameraForFiveMinutesWhileItsUserMaySeeIt(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    Actor budi = identity.accounts().get("budi").actor();
                    Tickets.Issued ticket = identity.tickets().issue(budi, "gate", null);
                    assertThat(identity.tickets().find(ticket.ticket()))
                            .hasValueSatisfying(
                                    holder -> assertThat(holder.cameraId()).isEqualTo("gate"));
                    assertThat(identity.tickets().find(ticket.ticket() + "x")).isEmpty();
                    assertThat(identity.tickets().find("x" + ticket.ticket())).isEmpty();
                    assertThat(identity.tickets().find("")).isEmpty();
                    assertThat(identity.tickets().find("....")).isEmpty();

                    identity.accounts().change("budi", cameras("yard"));
                    assertThat(identity.tickets().find(ticket.ticket()))
                            .as("right taken away")
                            .isEmpty();
                    identity.accounts().change("budi", cameras("gate"));
                    assertThat(identity.tickets().find(ticket.ticket())).isPresent();

                    clock.advance(Duration.ofMinutes(5));
                    assertThat(identity.tickets().find(ticket.ticket())).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aTicketMayBeBoundToOneWayAndLiveLonger(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    Actor budi = identity.accounts().get("budi").actor();
                    Duration month = Duration.ofDays(30);
                    String ticket =
                            identity.tickets().issue(budi, "gate", MediaUse.RTSP, month).ticket();
                    Tickets.Holder holder = identity.tickets().find(ticket).orElseThrow();
                    assertThat(holder.opens("gate", MediaUse.RTSP)).isTrue();
                    assertThat(holder.opens("gate", MediaUse.HLS)).isFalse();
                    assertThat(holder.opens("yard", MediaUse.RTSP)).isFalse();

                    clock.advance(Duration.ofHours(23));
                    assertThat(identity.tickets().find(ticket)).isPresent();
                    clock.advance(Duration.ofHours(2));
                    assertThat(identity.tickets().find(ticket)).as("a day at most").isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theStreamPasswordChangesWithTheAccountsPasswordAndIsNotIt(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    Actor budi = identity.accounts().get("budi").actor();
                    String before = identity.streamPasswords().of(budi);
                    assertThat(identity.streamPasswords().of(budi)).isEqualTo(before);
                    refused(
                            IdentityException.Reason.BAD_CREDENTIALS,
                            () -> identity.signIns().signIn("budi", before, "192.0.2.7"));
                    identity.accounts()
                            .change("budi", AccountChange.ofPassword("a new long password 7"));
                    assertThat(identity.streamPasswords().of(budi)).isNotEqualTo(before);
                    assertThat(identity.streamPasswords().find("nobody")).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nobodyGetsATicketForACameraTheyMayNotSee(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    Actor budi = identity.accounts().get("budi").actor();
                    refused(
                            IdentityException.Reason.NO_SUCH_CAMERA,
                            () -> identity.tickets().issue(budi, "vault", null));
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theThrottleOpensAgainFiveMinutesAfterTheFirstWrongTry(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    for (int i = 0; i < 5; i++) {
                        refused(
                                IdentityException.Reason.BAD_CREDENTIALS,
                                () -> identity.signIns().signIn("ani", "wrong", HERE));
                        clock.advance(Duration.ofSeconds(10));
                    }
                    refused(
                            IdentityException.Reason.THROTTLED,
                            () -> identity.signIns().signIn("ani", PASSWORD, HERE));
                    assertThat(
                                    identity.signIns()
                                            .signIn("ani", PASSWORD, "198.51.100.4")
                                            .actor()
                                            .username())
                            .as("from elsewhere the user still gets in")
                            .isEqualTo("ani");
                    clock.advance(Duration.ofMinutes(5).minusSeconds(50));
                    assertThat(identity.signIns().signIn("ani", PASSWORD, HERE).token())
                            .isNotEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theLastAdministratorStays(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    Accounts accounts = identity.accounts();
                    refused(
                            IdentityException.Reason.LAST_ADMINISTRATOR,
                            () -> accounts.remove("ani"));
                    refused(
                            IdentityException.Reason.LAST_ADMINISTRATOR,
                            () ->
                                    accounts.change(
                                            "ani",
                                            new AccountChange(null, Role.OPERATOR, null, null)));
                    accounts.add(
                            "citra",
                            PASSWORD,
                            Role.ADMINISTRATOR,
                            new CameraRights.All(),
                            Language.ID);
                    accounts.remove("ani");
                    assertThat(accounts.list())
                            .extracting(Account::username)
                            .containsExactly("budi", "citra");
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void weakPasswordsAndOddNamesAreRefusedWithASentence(Dialect dialect) {
        with(
                dialect,
                identity -> {
                    for (String weak :
                            Set.of(
                                    "short",
                                    "password123",
                                    "aaaaaaaaaaaaaa",
                                    "dewi dewi",
                                    "x".repeat(201))) {
                        refused(
                                IdentityException.Reason.PASSWORD_WEAK,
                                () -> add(identity, "dewi", weak));
                    }
                    for (String odd :
                            Set.of(
                                    "a",
                                    "a b",
                                    "<b>",
                                    "ä",
                                    "-x",
                                    "x".repeat(33),
                                    "a/b",
                                    "\u202Eabc")) {
                        refused(
                                IdentityException.Reason.USERNAME_INVALID,
                                () -> add(identity, odd, PASSWORD));
                    }
                    refused(
                            IdentityException.Reason.USERNAME_TAKEN,
                            () -> add(identity, " ANI ", PASSWORD));
                });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void neitherPasswordNorTokenIsInTheDatabase(Dialect dialect) throws IOException {
        with(dialect, identity -> identity.signIns().signIn("ani", PASSWORD, HERE));
        if (dialect == Dialect.SQLITE) {
            // what was written last may still lie in the write-ahead log beside the file
            var bytes = new StringBuilder();
            try (Stream<Path> files = Files.list(home.resolve("db"))) {
                for (Path file : files.toList()) {
                    bytes.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            assertThat(bytes).contains("$argon2id$").doesNotContain(PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theSetUpTokenMakesOneAdministratorOnce(Dialect dialect) {
        try (Database database = TestDatabases.open(dialect, home)) {
            Identity identity = Identity.open(database, home, IdentitySettings.DEFAULTS, clock);
            Setup setup = identity.setup();
            assertThat(setup.needed()).isTrue();
            refused(
                    IdentityException.Reason.SETUP_REFUSED,
                    () -> setup.complete("guess", "ani", PASSWORD, Language.ID, HERE));

            SignIns.NewSession session =
                    setup.complete(setup.token(), "ani", PASSWORD, Language.ID, HERE);

            assertThat(identity.signIns().findBySession(session.token())).isPresent();
            assertThat(setup.needed()).isFalse();
            refused(
                    IdentityException.Reason.SETUP_REFUSED,
                    () -> setup.complete(setup.token(), "eve", PASSWORD, Language.ID, HERE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// With `ani`, administrator, and `budi`, operator of the camera `gate`.
    private void with(Dialect dialect, Consumer<Identity> test) {
        try (Database database = TestDatabases.open(dialect, home)) {
            Identity identity = Identity.open(database, home, IdentitySettings.DEFAULTS, clock);
            identity.accounts()
                    .add("ani", PASSWORD, Role.ADMINISTRATOR, new CameraRights.All(), Language.ID);
            identity.accounts()
                    .add(
                            "budi",
                            PASSWORD,
                            Role.OPERATOR,
                            new CameraRights.Only(Set.of("gate")),
                            Language.ID);
            test.accept(identity);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void add(Identity identity, String username, String password) {
        identity.accounts()
                .add(username, password, Role.OPERATOR, new CameraRights.All(), Language.ID);
    }

    private static AccountChange cameras(String... ids) {
        return new AccountChange(null, null, new CameraRights.Only(Set.of(ids)), null);
    }

    private static void refused(IdentityException.Reason reason, Runnable work) {
        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(work::run)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
