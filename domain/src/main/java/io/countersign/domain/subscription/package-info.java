/** The tree brand, channel, topic and what every way in does to it (source 001). */
package io.countersign.domain.subscription;
