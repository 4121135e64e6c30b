package io.countersign.server.project;

import io.countersign.domain.subscription.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a file says, checked as far as the file alone can be; what it leaves out is empty. */
final class Setups {
    private Setups() {}

    record ProjectSetup(Place place, String slug, Columns columns, List<BrandSetup> brands,
                        List<IntegrationSetup> integrations, List<FormSetup> forms,
                        List<OperatorSetup> operators, List<MailboxSetup> mailboxes) {}

    /** @param optIn what is said of double opt-in, by channel */
    record BrandSetup(Place place, String slug, Columns columns, List<OptInSetup> optIn, List<TopicSetup> topics,
                      List<DkimSetup> dkim) {}

    /** @param privateKey empty: the server makes a pair */
    record DkimSetup(Place place, String domain, String selector, Optional<String> algorithm,
                     Optional<Concealed> privateKey) {}

    record OptInSetup(Place place, Channel channel, boolean on) {}

    record TopicSetup(Place place, String slug, Columns columns) {}

    /** @param keys empty when the file does not speak of keys: a new integration then gets one */
    record IntegrationSetup(Place place, String slug, Optional<Reference> brand, Columns columns,
                            Optional<List<KeySetup>> keys, List<OperationSetup> operations) {}

    record OperationSetup(Place place, String name, Columns columns) {}

    record KeySetup(Place place, String name, Optional<Concealed> secret, Optional<Boolean> test,
                    Optional<Boolean> revoked) {}

    record FormSetup(Place place, String id, Optional<Reference> brand, Optional<Reference> integration,
                     Optional<List<Reference>> topics, Columns columns) {}

    record OperatorSetup(Place place, String email, Columns columns, Optional<Concealed> password,
                         Optional<Concealed> token) {}

    /** Where mails of a project come back to. */
    record MailboxSetup(String kind, Map<String, String> settings, Optional<Concealed> password) {}

    record ProviderSetup(String channel, String kind, Map<String, String> settings,
                         Optional<Concealed> password) {}

    /** The slug of something that may stand in the same file or have been there before. */
    record Reference(Place place, String slug) {}
}
