/** What people, and machines, do with messages: opens and clicks, written down apart from the requests. */
package io.countersign.server.tracking;
