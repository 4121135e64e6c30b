/** Fixtures that the tests of every feature stand on. */
package io.countersign.server.testing;
