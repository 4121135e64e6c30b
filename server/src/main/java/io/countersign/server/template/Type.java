package io.countersign.server.template;

import java.util.Map;
import java.util.Optional;

/** What a parameter is. */
sealed interface Type {
    /** Something that can be printed. ANY is what only the recipient's data tells. */
    enum Value implements Type { TEXT, NUMBER, MOMENT, YES_NO, ANY }

    record Several(Type of) implements Type {}

    /**
     * Something with members.
     *
     * @param path   its full name
     * @param others what members are that have no name here
     */
    record Group(String path, Map<String, Type> members, Optional<Type> others) implements Type {}

    /** Something that is called with one argument. */
    record Method(Argument argument, Type result) implements Type {}

    /** What a method is called with; always written out. */
    enum Argument { DAYS, MINUTES, POOL }
}
