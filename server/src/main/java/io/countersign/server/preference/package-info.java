/** What people decide themselves: leaving, the preference page, and what they are told about why they are written to. */
package io.countersign.server.preference;
