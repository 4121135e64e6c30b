/** Signatures of domains under mails (DKIM, RFC 6376): the keys of brands, and signing. */
package io.countersign.server.dkim;
