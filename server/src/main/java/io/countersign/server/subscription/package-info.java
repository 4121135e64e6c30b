/** Subscriptions: stored and shown. */
package io.countersign.server.subscription;
