/** The evidence behind changes. */
package io.countersign.server.consent;
