package io.countersign.server.contact;

import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.project.Project;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Whom a request names: a customer by the id, or whoever holds a contact. */
public sealed interface Addressee {
    /** The names of parameters and members that name one. */
    List<String> NAMES = Stream.concat(Stream.of("customer"), TypedContact.PARAMETERS.stream()).toList();
    /** Longest text of one. */
    int LONGEST = 320;

    /** @param id as it came: not looked at yet */
    record OfCustomer(String id) implements Addressee {}

    /** Whoever holds this contact. */
    record OfContact(TypedContact contact) implements Addressee {}

    /** The members of an object, and these. */
    static Set<String> and(String... others) {
        return Set.copyOf(Stream.concat(NAMES.stream(), Stream.of(others)).toList());
    }

    /**
     * Exactly one must be named.
     *
     * @throws ProblemException {@link Problem#MISSING_FIELD} for none, {@link Problem#INVALID_VALUE} for several and
     * for what is no address
     */
    static Addressee of(Members body, Project project) {
        return of(body.names()::contains, name -> body.required(name, LONGEST), body::path, project);
    }

    /** The same of a query. */
    static Addressee of(Query query, Project project) {
        return of(name -> query.text(name).isPresent(), name -> query.text(name).orElseThrow(),
                UnaryOperator.identity(), project);
    }

    private static Addressee of(Predicate<String> isNamed, UnaryOperator<String> texts, UnaryOperator<String> path,
                                Project project) {
        List<String> given = NAMES.stream().filter(isNamed).toList();
        if (given.isEmpty()) {
            throw new ProblemException(Problem.MISSING_FIELD, "An email, a phone or a customer is needed.",
                    path.apply("email"));
        }
        if (given.size() > 1) {
            throw new ProblemException(Problem.INVALID_VALUE, "Give one of " + String.join(", ", NAMES) + ".",
                    path.apply(given.get(1)));
        }
        String name = given.getFirst();
        String text = texts.apply(name);
        return name.equals("customer") ? new OfCustomer(text)
                : new OfContact(TypedContact.named(project, name, text, path.apply(name)));
    }
}
