package io.countersign.server.activity;

/** What a piece of activity is about. */
enum ActivityKind {
    CAMPAIGN,
    /** Messages, and what people and mail servers did with them. */
    MESSAGE,
    /** Of customers: contacts, subscriptions, merges. */
    CHANGE, SETUP
}
