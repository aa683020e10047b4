/// The engine for a city that outgrows one machine: everything behind one schema of a PostgreSQL
/// database.
///
/// [plaza.store.postgres.PostgresStore] is the only door. The tables stand in this room's README.
/// Nothing here decides whether an entity matches a query; it only narrows.
@NullMarked
package plaza.store.postgres;

import org.jspecify.annotations.NullMarked;
