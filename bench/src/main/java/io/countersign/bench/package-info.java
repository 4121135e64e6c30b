/** What the server costs, always beside what the same machine can do at best in the same run. */
package io.countersign.bench;
