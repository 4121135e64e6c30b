package io.countersign.server.message;

/** User and password for the mail server; both empty where none is needed. */
public record SmtpLogin(String user, String password) {
    public static final SmtpLogin NONE = new SmtpLogin("", "");

    /** @throws IllegalArgumentException if only one of the two is given */
    public SmtpLogin {
        if (user.isEmpty() != password.isEmpty()) {
            throw new IllegalArgumentException("smtp user and password must be given together");
        }
    }

    boolean isGiven() {
        return !user.isEmpty();
    }

    @Override
    public String toString() {
        return isGiven() ? "SmtpLogin[user=" + user + ", password=***]" : "SmtpLogin[none]";
    }
}
