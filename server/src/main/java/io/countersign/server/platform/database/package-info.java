/** JDBC through one small helper: SQL in text blocks next to the row mapper, no ORM. */
package io.countersign.server.platform.database;
