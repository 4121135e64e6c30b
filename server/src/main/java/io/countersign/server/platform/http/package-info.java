/**
 * The thin HTTP edge. Features describe {@link io.countersign.server.platform.http.Route routes} and turn a
 * {@link io.countersign.server.platform.http.Request} into a {@link
 * io.countersign.server.platform.http.Reply}; the toolkit underneath is seen by this package only.
 */
@NullMarked
package io.countersign.server.platform.http;

import org.jspecify.annotations.NullMarked;
