/** What people may ask for about their own data: a copy of it, or its erasure. */
package io.countersign.server.privacy;
