/** Who holds an address or a phone, and whether that is proven (source 000). */
package io.countersign.domain.contact;
