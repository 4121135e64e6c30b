/** The command line: what commands there are, what each takes, and how it is told that something does not fit. */
@NullMarked
package io.countersign.server.platform.command;

import org.jspecify.annotations.NullMarked;
