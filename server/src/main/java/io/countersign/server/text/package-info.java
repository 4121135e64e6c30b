/** The syntax of message texts: their parts, and the parameters that stand in them. */
package io.countersign.server.text;
