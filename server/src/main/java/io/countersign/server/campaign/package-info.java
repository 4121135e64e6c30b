/** Campaigns: what is sent to whom, with which checks, and how far it is. */
package io.countersign.server.campaign;
