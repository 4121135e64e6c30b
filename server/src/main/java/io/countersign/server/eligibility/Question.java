package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.project.Brand;
import java.util.Optional;

/** Which message to whom; the project is the brand's. */
public record Question(Brand brand, Channel channel, Optional<TopicId> topic, TypedContact contact,
                       MessageKind kind) {}
