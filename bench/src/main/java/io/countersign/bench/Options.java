package io.countersign.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is measured, and for how long.
 *
 * @param seconds     length of one round
 * @param rounds      rounds of each side, one after the other in turns
 * @param only        names of the measurements
 * @param connections of the HTTP client
 * @param profile     also say where the server's time goes
 */
record Options(Duration seconds, int rounds, Set<String> only, int connections, boolean profile) {
    static final List<String> ALL = List.of("start", "sign-up", "confirm", "eligibility",
            "operations-sync", "operations-async", "selection", "sending");
    static final String USAGE = """
            bin/bench [--seconds N] [--rounds N] [--only NAME,NAME] [--connections N] [--profile]
              --seconds      length of one round, default 5
              --rounds       rounds of each side, taken in turns, default 3
              --only         of start, sign-up, confirm, eligibility, operations-sync, operations-async,
                             selection, sending;
                             confirm needs the mails of sign-up
              --connections  of the HTTP client, default 64
              --profile      also show where the server's time goes, by samples""";

    static Options parse(String[] arguments) {
        var seconds = 5;
        var rounds = 3;
        var connections = 64;
        var profile = false;
        var only = new TreeSet<>(ALL);
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--rounds" -> rounds = number(arguments, ++i);
                case "--connections" -> connections = number(arguments, ++i);
                case "--only" -> only.retainAll(List.of(value(arguments, ++i).split(",")));
                case "--profile" -> profile = true;
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (only.isEmpty()) {
            throw new IllegalArgumentException("--only knows " + ALL);
        }
        return new Options(Duration.ofSeconds(seconds), rounds, only, connections, profile);
    }

    boolean has(String name) {
        return only.contains(name);
    }

    private static int number(String[] arguments, int at) {
        int number = Integer.parseInt(value(arguments, at));
        if (number < 1) {
            throw new IllegalArgumentException("not a number above 0: " + number);
        }
        return number;
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException("a value is missing at the end");
        }
        return arguments[at];
    }
}
