package io.countersign.server.message;

/**
 * How we introduce ourselves to an SMS centre. The lengths are those of the protocol.
 *
 * @param systemType empty where the centre does not ask for one
 */
public record SmppLogin(String systemId, String password, String systemType) {
    /** @throws IllegalArgumentException naming what is too long */
    public SmppLogin {
        requireAtMost("system id", systemId, 15);
        requireAtMost("password", password, 8);
        requireAtMost("system type", systemType, 12);
    }

    @Override
    public String toString() {
        return "SmppLogin[systemId=" + systemId + ", password=***]";
    }

    private static void requireAtMost(String what, String value, int most) {
        if (value.length() > most) {
            throw new IllegalArgumentException("smpp " + what + " must have at most " + most + " characters");
        }
    }
}
