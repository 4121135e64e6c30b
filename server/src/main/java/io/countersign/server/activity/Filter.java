package io.countersign.server.activity;

/** By what a list of activity can be narrowed; in public a parameter of this name. */
enum Filter {
    CAMPAIGN, PROFILE, BRAND, CHANNEL, CUSTOMER, MESSAGE, ACTOR
}
