package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Something done in a session of the database.
@FunctionalInterface
interface Work<T extends @Nullable Object> {
  T in(Connection session) throws SQLException;
}
