package io.countersign.acceptance;

import java.util.concurrent.atomic.AtomicInteger;

/** The two types of contacts, as each surface calls them. */
enum Kind {
    EMAIL("email", "email", "email"),
    MOBILE("mobile", "mobilePhone", "phone");

    private static final AtomicInteger NEXT = new AtomicInteger();

    /** In the documents of {@code /v1}. */
    final String member;
    /** In the body of an operation, under {@code customer}. */
    final String field;
    /** In the query of {@code /v1/customers}. */
    final String parameter;

    Kind(String member, String field, String parameter) {
        this.member = member;
        this.field = field;
        this.parameter = parameter;
    }

    /**
     * A value that nobody has, in its normal form. Numbers lie far apart: what limits SMS counts neighbours
     * together.
     */
    String fresh() {
        int number = NEXT.incrementAndGet();
        return switch (this) {
            case EMAIL -> "person" + number + "@rows.example";
            case MOBILE -> "+49151" + (20_000_000 + number * 10_007L % 60_000_000);
        };
    }
}
