package io.countersign.server.platform.command;

import java.util.Optional;

/**
 * What a command takes by name: given as {@code --name VALUE}, else by a variable of the environment, else the default.
 *
 * @param name     as on the command line, without its dashes
 * @param value    how help calls the value; empty for a switch, which has none
 * @param variable of the environment; one that is empty counts as not given
 * @param standard what holds where nothing is given
 * @param required whether something must be given
 * @param many     whether it may be repeated; each may also be several with commas between
 */
public record Setting(String name, String value, String about, Optional<String> variable, Optional<String> standard,
                      boolean required, boolean many) {
    public static Setting of(String name, String value, String about) {
        return new Setting(name, value, about, Optional.empty(), Optional.empty(), false, false);
    }

    /** One that is on where it is named. */
    public static Setting toggle(String name, String about) {
        return of(name, "", about);
    }

    public Setting orVariable(String other) {
        return new Setting(name, value, about, Optional.of(other), standard, required, many);
    }

    public Setting orElse(String other) {
        return new Setting(name, value, about, variable, Optional.of(other), required, many);
    }

    public Setting needed() {
        return new Setting(name, value, about, variable, standard, true, many);
    }

    public Setting repeated() {
        return new Setting(name, value, about, variable, standard, required, true);
    }

    public boolean isToggle() {
        return value.isEmpty();
    }
}
