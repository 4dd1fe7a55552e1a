package id.pantau.server.identity;

/// What a user may do beyond watching: an administrator may change everything and sees every
/// camera; an operator watches and exports the cameras given to them.
public enum Role {
    ADMINISTRATOR,
    OPERATOR
}
