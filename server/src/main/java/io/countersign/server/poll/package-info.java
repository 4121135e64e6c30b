/** Polls in campaigns: one answer for each customer, which may subscribe or unsubscribe. */
package io.countersign.server.poll;
