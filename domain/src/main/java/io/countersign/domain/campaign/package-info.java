/** The life of a campaign, and how it finds out which of its texts does best. */
package io.countersign.domain.campaign;
