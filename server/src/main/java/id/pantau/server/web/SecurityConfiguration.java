package id.pantau.server.web;

import id.pantau.server.identity.CsrfTokens;
import id.pantau.server.identity.SignIns;
import id.pantau.server.identity.Tickets;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// The one security chain: who sends the request, what [Routes] says about it, and the headers that
/// keep a browser from doing what the UI never asks it to.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /// MSE players make `blob:` URLs; Element Plus sets style attributes; thumbnails and snapshots
    /// may be `data:` or `blob:`.
    private static final String CONTENT_SECURITY_POLICY =
            String.join(
                    "; ",
                    "default-src 'self'",
                    "script-src 'self'",
                    "style-src 'self' 'unsafe-inline'",
                    "img-src 'self' data: blob:",
                    "media-src 'self' blob:",
                    "worker-src 'self' blob:",
                    "connect-src 'self' ws: wss:",
                    "font-src 'self' data:",
                    "object-src 'none'",
                    "base-uri 'none'",
                    "form-action 'self'",
                    "frame-ancestors 'none'");

    /// A timer and a span around each filter of each request cost more than the filters.
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            SignIns signIns,
            Tickets tickets,
            CsrfTokens csrfTokens,
            ProblemWriter problems,
            HttpsDoor https) {
        var refusals = new RefusalHandler(problems);
        return http.authorizeHttpRequests(requests ->
                        requests.dispatcherTypeMatchers(
                                        DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll() // the request they belong to was decided already
                                .anyRequest()
                                .access(new RouteAuthorization()))
                .addFilterBefore(
                        new SignInFilter(signIns, tickets, csrfTokens, problems),
                        AnonymousAuthenticationFilter.class)
                .addFilterBefore(new BodyLimitFilter(problems), SignInFilter.class)
                .addFilterBefore(
                        new HttpsRedirectFilter(https::redirectPort), BodyLimitFilter.class)
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .headers(headers ->
                        headers.contentSecurityPolicy(
                                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                                .httpStrictTransportSecurity(hsts ->
                                        hsts.requestMatcher(https::isTrusted)
                                                .includeSubDomains(false)) // they are not ours
                                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                                .permissionsPolicyHeader(policy ->
                                        policy.policy(
                                                "camera=(), microphone=(self), geolocation=(self)")))
                .csrf(
                        AbstractHttpConfigurer
                                ::disable) // SignInFilter does it, bound to the login session
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context ->
                        context.securityContextRepository(new NullSecurityContextRepository()))
                .build();
    }

    /// Addresses with `//`, `%2e%2e`, `;` and the like never reach a controller.
    @Bean
    RequestRejectedHandler requestRejectedHandler(ProblemWriter problems) {
        return (_, response, _) ->
                problems.write(
                        response,
                        Problem.of(
                                HttpStatus.BAD_REQUEST,
                                "request.rejected",
                                "the address holds characters or sequences that are not allowed"));
    }
}
