package io.countersign.server.platform.http;

import io.countersign.server.platform.Names;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of a query string, read strictly: known names only, and each once. An empty one is an absent
 * one.
 */
public final class Query {
    private final Form form;

    private Query(Form form) {
        this.form = form;
    }

    /**
     * @param known every name that may come
     * @throws ProblemException {@link Problem#UNKNOWN_FIELD}, or {@link Problem#INVALID_VALUE} for one that
     * came twice
     */
    public static Query of(Request request, List<String> known) {
        Form form = request.queryAll();
        for (String name : form.names()) {
            if (!known.contains(name)) {
                throw new ProblemException(Problem.UNKNOWN_FIELD, known.isEmpty()
                        ? "There are no parameters here." : "There is no such parameter; known are "
                        + String.join(", ", known) + ".", name);
            }
            if (form.all(name).size() > 1) {
                throw new ProblemException(Problem.INVALID_VALUE, "The parameter may come once.", name);
            }
        }
        return new Query(form);
    }

    /** For what takes no parameters. */
    public static void none(Request request) {
        of(request, List.of());
    }

    public Optional<String> text(String name) {
        return form.first(name).filter(text -> !text.isEmpty());
    }

    /** The constant of a word; {@link Problem#INVALID_VALUE} for another word. */
    public <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        return text(name).map(text -> word(name, type, text));
    }

    /** The constant that is called so in public. */
    public static <E extends Enum<E>> E word(String field, Class<E> type, String text) {
        return Stream.of(type.getEnumConstants()).filter(constant -> Names.of(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.INVALID_VALUE, "The value must be one of "
                        + Stream.of(type.getEnumConstants()).map(Names::of).collect(Collectors.joining(", "))
                        + ".", field));
    }
}
