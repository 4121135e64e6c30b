/** What people, and machines, do with messages: opens and clicks, written down apart from the requests that tell them. */
package io.countersign.server.tracking;
