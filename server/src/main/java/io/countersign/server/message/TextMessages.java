package io.countersign.server.message;

import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.project.CodeLimits;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Policies;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Transactional messages: a stored or built-in text, by email or SMS, with the codes and links that it names. */
final class TextMessages implements MessageMaker {
    private final Catalogs catalogs;
    private final Languages languages;
    private final Secrets secrets;
    private final Carriers carriers;

    /** What makes the secrets that texts carry. */
    record Secrets(Codes codes, Tickets tickets) {}

    TextMessages(Catalogs catalogs, Languages languages, Secrets secrets, Carriers carriers) {
        this.catalogs = catalogs;
        this.languages = languages;
        this.secrets = secrets;
        this.carriers = carriers;
    }

    @Override
    public List<Prepared> prepare(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException {
        var batch = new Batch(project, catalogs.current(), texts(tx, project, taken), People.of(tx, project,
                taken.stream().map(message -> message.recipient().customer()).collect(Collectors.toSet())), now);
        var prepared = new ArrayList<Prepared>();
        for (Taken message : taken) {
            prepared.add(batch.prepare(message));
        }
        Tickets.store(tx, project.value(), batch.tickets, now);
        CodeStore.store(tx, project.value(), batch.codes, now);
        return prepared;
    }

    private static Map<String, MessageText> texts(Tx tx, ProjectId project, List<Taken> taken) throws SQLException {
        Set<String> names = taken.stream().map(message -> message.letter().text().orElseThrow())
                .filter(name -> !name.equals(MessageTexts.BUILT_IN_CODE)).collect(Collectors.toSet());
        return names.isEmpty() ? Map.of() : MessageTexts.find(tx, project, names);
    }

    /** Messages of one take, with what was read for all of them and the secrets made so far. */
    private final class Batch {
        private final ProjectId project;
        private final Catalog catalog;
        private final Map<String, MessageText> texts;
        private final Map<UUID, People.Person> people;
        private final Instant now;
        private final List<Tickets.Made> tickets = new ArrayList<>();
        private final List<CodeStore.Sent> codes = new ArrayList<>();

        Batch(ProjectId project, Catalog catalog, Map<String, MessageText> texts, Map<UUID, People.Person> people,
              Instant now) {
            this.project = project;
            this.catalog = catalog;
            this.texts = texts;
            this.people = people;
            this.now = now;
        }

        Prepared prepare(Taken message) {
            Optional<Brand> brand = catalog.brand(project, message.letter().brand());
            Optional<MessageText> text = brand.flatMap(of -> text(message, of));
            Optional<String> against = reasonAgainst(message, text, brand);
            if (against.isPresent()) {
                return new Skipped(message, against.get());
            }
            var values = new SentText(people.getOrDefault(message.recipient().customer(), People.Person.UNKNOWN),
                    brand.get(), code(message, text.get()), ticket(message, text.get()),
                    now.atZone(catalog.project(project).orElseThrow().timeZone()));
            return new Ready(message,
                    () -> carriers.carry(message, brand.get().sender(), text.get().fill(values::value)));
        }

        /** Empty when there is no such text any more, or when it cannot go by this channel. */
        private Optional<MessageText> text(Taken message, Brand brand) {
            String name = message.letter().text().orElseThrow();
            return name.equals(MessageTexts.BUILT_IN_CODE)
                    ? Optional.of(BuiltInTexts.code(languages.choose(message.recipient().language(), brand.language()),
                            message.recipient().type()))
                    : Optional.ofNullable(texts.get(name)).filter(text -> text.fits(message.recipient().type()));
        }

        private Optional<String> reasonAgainst(Taken message, Optional<MessageText> text, Optional<Brand> brand) {
            if (brand.isEmpty() || !carriers.hasSender(brand.get().sender(), message.recipient().type())) {
                return Optional.of("no_sender");
            }
            if (text.isEmpty()) {
                return Optional.of("no_text");
            }
            boolean asks = message.asked().isPresent() || text.get().proves().isPresent();
            if (asks && !message.isAnswerable()) {
                return Optional.of("challenge_closed");
            }
            return EligibilityRules.reasonsAgainst(message.facts(), MessageKind.TRANSACTIONAL, false).stream()
                    .findFirst().map(Names::of);
        }

        private String code(Taken message, MessageText text) {
            if (!text.carries(TextParameter.CODES)) {
                return "";
            }
            CodeLimits limits = Policies.of(catalog, project).codes();
            Duration life = switch (message.recipient().type()) {
                case EMAIL -> limits.life().email();
                case MOBILE -> limits.life().sms();
            };
            Taken.Asked asked = message.asked().orElseThrow();
            Instant end = now.plus(life);
            Codes.Made made = secrets.codes().make(asked.challenge(), limits.digits(),
                    end.isBefore(asked.expiresAt()) ? end : asked.expiresAt());
            codes.add(new CodeStore.Sent(made.code(), message.id()));
            return made.text();
        }

        private String ticket(Taken message, MessageText text) {
            if (!text.carries(Set.of(TextParameter.EMAIL_TICKET))) {
                return "";
            }
            Tickets.Made made = secrets.tickets().make(project.value(), message.asked().orElseThrow().challenge(),
                    message.id());
            tickets.add(made);
            return made.text();
        }
    }
}
