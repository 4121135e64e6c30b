package io.countersign.server.feedback;

import io.countersign.domain.subscription.SmsKeyword;
import io.countersign.server.project.Brand;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which brands an answer by SMS concerns.
 *
 * @param addressed those whose sender it was sent to
 * @param wrote     those that have written to the number, the newest message first
 * @param all       those of the project
 */
record SmsBrands(List<Brand> addressed, List<Brand> wrote, List<Brand> all) {
    /** To stop is never too much, to begin only where no other brand can be meant. */
    List<Brand> of(SmsKeyword keyword) {
        return switch (keyword) {
            case STOP -> !addressed.isEmpty() || writers().isEmpty() ? meant() : writers();
            case START -> only().stream().toList();
            case HELP -> List.of();
        };
    }

    /** The one that answers. */
    Optional<Brand> speaker(SmsKeyword keyword) {
        return switch (keyword) {
            case START -> only();
            case STOP, HELP -> writers().stream().findFirst().or(() -> meant().stream().findFirst());
        };
    }

    private Optional<Brand> only() {
        return Stream.of(meant(), writers()).filter(brands -> brands.size() == 1).map(List::getFirst).findFirst();
    }

    /** Those that an SMS to this number can mean. */
    private List<Brand> meant() {
        return addressed.isEmpty() ? all : addressed;
    }

    private List<Brand> writers() {
        return wrote.stream().filter(meant()::contains).toList();
    }

    /** The brands among these whose sender this is. */
    static List<Brand> sendingAs(String to, List<Brand> brands) {
        String wanted = form(to);
        return brands.stream().filter(brand -> brand.sender().sms().map(SmsBrands::form).filter(wanted::equals)
                .isPresent()).toList();
    }

    private static String form(String sender) {
        return sender.strip().replaceFirst("^\\+", "").toLowerCase(Locale.ROOT);
    }
}
