/** What people decide themselves: leaving and the preference page, and what they are told about why. */
package io.countersign.server.preference;
