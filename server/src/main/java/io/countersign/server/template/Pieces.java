package io.countersign.server.template;

import java.util.ArrayList;
import java.util.List;

/** All pieces of a text by number. */
final class Pieces {
    static final int MOST = 5_000;
    private final List<Piece> all = new ArrayList<>();

    /** @return its mark */
    String add(Piece piece) {
        all.add(piece);
        return Marked.mark(all.size() - 1);
    }

    Piece get(int number) {
        return all.get(number);
    }

    int size() {
        return all.size();
    }

    /** The pieces whose marks a text has, in order. */
    List<Piece> in(String text) {
        var found = new ArrayList<Piece>();
        Marked.forEach(text, number -> found.add(all.get(number)));
        return found;
    }

    List<Piece.Tag> tagsIn(String text) {
        return in(text).stream().filter(Piece.Tag.class::isInstance).map(Piece.Tag.class::cast).toList();
    }
}
