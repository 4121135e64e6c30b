/** How fast messages may go out. */
package io.countersign.domain.message;
