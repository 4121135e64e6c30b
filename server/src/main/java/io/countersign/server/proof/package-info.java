/** What is known of a customer's consents, as a signed document that can be verified anywhere. */
package io.countersign.server.proof;
