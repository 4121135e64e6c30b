/** One list of what happened in a project: to campaigns, messages, customers and the set-up. */
package io.countersign.server.activity;
