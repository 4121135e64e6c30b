/** The operations API of Maestra's dialect: named operations, JSON and XML ({@code spec/maestra.md} 6). */
package io.countersign.server.operation;
