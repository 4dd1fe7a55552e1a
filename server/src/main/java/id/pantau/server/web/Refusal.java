package id.pantau.server.web;

import java.util.List;

/// Why the route table refuses a request.
sealed interface Refusal {
    /// It does not.
    record None() implements Refusal {}

    record NoSuchRoute() implements Refusal {}

    record WrongMethod(List<String> allowed) implements Refusal {
        public WrongMethod {
            allowed = List.copyOf(allowed);
        }
    }

    record SignInNeeded() implements Refusal {}

    record AdministratorNeeded() implements Refusal {}

    /// The camera is not there, or not for this user: nobody is told which.
    record CameraHidden(String camera) implements Refusal {}
}
