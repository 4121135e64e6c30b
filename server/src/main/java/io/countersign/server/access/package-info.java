/** Who calls: keys of integrations, tokens of operators. */
package io.countersign.server.access;
