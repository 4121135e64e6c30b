/** What every feature stands on: ids, secrets, clock, configuration. Knows no feature. */
package io.countersign.server.platform;
