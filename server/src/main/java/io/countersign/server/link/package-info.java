/** Links of messages: what they carry, and that they are ours. */
package io.countersign.server.link;
