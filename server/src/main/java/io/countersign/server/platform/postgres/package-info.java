/**
 * PostgreSQL that the server brings with it: the binaries are unpacked from the classpath, the cluster lives
 * in the data directory, and only a unix-domain socket leads to it.
 */
package io.countersign.server.platform.postgres;
