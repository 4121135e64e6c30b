package io.countersign.server.template;

import io.countersign.server.template.Piece.Output;
import io.countersign.server.template.Piece.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tells which pieces print a code or a ticket, also by a name that the text gave it. */
final class SecretPieces implements Predicate<Piece> {
    private final Set<String> names = new HashSet<>();

    SecretPieces(List<Piece> all) {
        for (Piece piece : all) {
            if (piece instanceof Tag tag && !tag.variable().isEmpty()
                    && tag.value().filter(this::isSecret).isPresent()) {
                names.add(tag.variable());
            }
        }
    }

    @Override
    public boolean test(Piece piece) {
        return piece instanceof Output output && isSecret(output.value());
    }

    private boolean isSecret(Expression value) {
        var found = new NeedsFound();
        var named = new HashSet<String>();
        new Typing(name -> {
            named.add(name);
            return Parameters.ROOT.members().containsKey(name) ? Optional.empty() : Optional.of(Type.Value.ANY);
        }, found).of(value);
        named.retainAll(names);
        return !found.secrets().isEmpty() || !named.isEmpty();
    }
}
