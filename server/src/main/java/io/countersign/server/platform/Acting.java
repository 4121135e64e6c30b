package io.countersign.server.platform;

import java.util.concurrent.Callable;

/**
 * In whose name the current request acts, for what is written down about changes of set-up: those go through many
 * classes that need not know it.
 */
public final class Acting {
    private static final ScopedValue<String> NAME = ScopedValue.newInstance();

    private Acting() {}

    /** Does something in a name, as {@code operator:owner@acme.test}. */
    public static <T> T as(String name, Callable<T> work) throws Exception {
        return ScopedValue.where(NAME, name).call(work::call);
    }

    /** The name; {@code otherwise} where nobody acts, as outside of requests. */
    public static String name(String otherwise) {
        return NAME.orElse(otherwise);
    }
}
