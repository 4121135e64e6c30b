package io.countersign.server.confirmation;

import io.countersign.domain.subscription.SubscriptionTree;

/**
 * What a link of a message meets.
 *
 * @param held whether the customer still has the contact that the message went to
 * @param tree what the customer is subscribed to, of the message's brand
 */
public record LinkState(boolean held, SubscriptionTree tree) {}
