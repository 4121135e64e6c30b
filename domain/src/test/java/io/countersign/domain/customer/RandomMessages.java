package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Code;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.project.BrandId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Random messages, what they come to, and the codes that are typed, right ones and wrong ones. */
final class RandomMessages {
    private static final String RIGHT = ":right";
    private static final String WRONG = ":wrong";

    private final SplittableRandom random;

    RandomMessages(SplittableRandom random) {
        this.random = random;
    }

    /** One message and one challenge a command: there is one fresh id for each. */
    static boolean isMailed(List<Change> changes) {
        return changes.stream().anyMatch(change -> change instanceof Change.SubmitForm
                || change instanceof Change.AskAgain || change instanceof Change.SendMessage
                || change instanceof Change.OpenChallenge);
    }

    void ask(List<Change> changes) {
        if (isMailed(changes)) {
            return;
        }
        Purpose purpose = chance(3) ? Purpose.AUTHORIZE : Purpose.CONFIRM_CONTACT;
        if (purpose == Purpose.AUTHORIZE && chance(2)) {
            changes.add(new Change.OpenChallenge(purpose, type(), brand(), Duration.ofHours(1)));
            return;
        }
        changes.add(new Change.SendMessage(brand(), type(), one(List.of(Change.Recipient.values())),
                chance(5) ? Optional.empty() : Optional.of(new Change.Proves(purpose, Duration.ofDays(2),
                        Challenge.Asked.CHANNEL)), "text", Optional.of("192.0.2.0/24")));
    }

    Change typed() {
        String code = chance(3) ? WRONG : RIGHT;
        return new Change.AnswerCode(chance(3) ? Purpose.AUTHORIZE : Purpose.CONFIRM_CONTACT, type(),
                challenge -> challenge + code, Optional.of("192.0.2.0/24"));
    }

    /** The code that a message carried, as its sending would have made it. */
    static Code sent(UUID challenge, Instant now) {
        return new Code(challenge, challenge + RIGHT, now.plus(Duration.ofDays(2)));
    }

    Change delivery() {
        ContactType type = type();
        if (chance(6)) {
            Instant sent = Instant.EPOCH.plus(Duration.ofDays(random.nextInt(40_000)));
            return new Change.SignOfLife(type, value(type), sent);
        }
        return chance(4) ? new Change.RestoreContact(type, value(type))
                : new Change.ReportDelivery(type, value(type), one(List.of(DeliveryReport.values())));
    }

    private ContactType type() {
        return random.nextInt(3) == 0 ? ContactType.MOBILE : ContactType.EMAIL;
    }

    private String value(ContactType type) {
        return one(type == ContactType.EMAIL ? RandomCommands.EMAILS : RandomCommands.MOBILES);
    }

    private BrandId brand() {
        return one(RandomCommands.BRANDS);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
