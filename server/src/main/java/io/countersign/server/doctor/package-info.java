/** Whether a database is in order: its evidence, its queues, its set-up. */
package io.countersign.server.doctor;
