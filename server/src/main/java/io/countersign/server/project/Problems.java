package io.countersign.server.project;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that is wrong with a file, so that it can be told at once. */
final class Problems {
    private static final int MOST = 200;

    private final String file;
    private final List<ProvisionException.Wrong> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Place place, String wrong) {
        if (found.size() < MOST) {
            String path = place.path().isEmpty() ? "" : place.path() + ": ";
            found.add(new ProvisionException.Wrong(place.path(), wrong,
                    file + ":" + place.line() + ": " + path + wrong));
        }
    }

    /** Notes that {@code value} may stand only once in {@code scope}; a missing one is another error. */
    void once(Place place, String scope, String value, String wrong) {
        if (!value.isEmpty() && !seen.add(scope + "\n" + value)) {
            add(place, wrong);
        }
    }

    boolean any() {
        return !found.isEmpty();
    }

    void throwIfAny() {
        if (any()) {
            throw new ProvisionException(found);
        }
    }
}
