package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import plaza.ledger.store.StoreFailure;

/// The tables of a city, and the version of their layout.
final class Tables {
  /// Raised with every change that an older server would misread. A newer server brings older
  /// tables up to it.
  static final int FORMAT = 1;

  /// Those of a backup, in the order in which they are restored.
  static final List<String> ALL =
      List.of(
          "about", "names", "layers", "census", "state", "lookup", "history", "known", "erased",
          "feed", "notes");

  private static final int OLDEST_SERVER = 150_000;

  private static final String MAKE =
      """
      create table about (name text primary key, value bigint not null);
      create table names (number int primary key, name bytea not null);
      create table layers (number int primary key, tenant text not null, branch text not null);
      create table census (
        layer int, type int, entities bigint not null, primary key (layer, type));
      create table state (
        layer int, id text collate "C", gone boolean not null, ends bigint, print int not null,
        body bytea not null, primary key (layer, id)) with (fillfactor = 85);
      create index state_ends on state (ends, id) where ends is not null;
      create table lookup (
        layer int, gone boolean, attribute int, type int, term bytea, id text collate "C",
        primary key (layer, gone, attribute, type, term, id));
      create table history (
        layer int, attribute int, id text collate "C", event bigint, position bigint, index int,
        number float8, complete boolean not null, print int not null, body bytea not null,
        primary key (layer, attribute, id, event, position, index));
      create table known (
        layer int, attribute int, id text collate "C", primary key (layer, attribute, id));
      create index known_of on known (layer, id);
      create table erased (
        layer int, id text collate "C", position bigint, body bytea not null,
        primary key (layer, id, position));
      create table feed (position bigint primary key, print int not null, body bytea not null);
      create table notes (
        owner text collate "C", key bytea, value bytea not null, primary key (owner, key));
      insert into about values ('opened', 0), ('feed start', 0), ('scrubbed', 0);
      """;

  private Tables() {}

  /// Makes the schema and its tables, or checks that this server understands them. To be called by
  /// who holds the lock of the schema.
  static void prepare(Connection session, PostgresOptions options) throws SQLException {
    requireServer(session, options);
    var schema = options.schema();
    if (isMade(session, schema)) {
      requireFormat(session, options);
      return;
    }
    session.setAutoCommit(false);
    try (var statement = session.createStatement()) {
      statement.execute("create schema if not exists " + schema);
      statement.execute("set local search_path to " + schema);
      statement.execute(MAKE);
      statement.execute("insert into about values ('format', " + FORMAT + ")");
      session.commit();
    } catch (SQLException e) {
      session.rollback();
      throw e;
    } finally {
      session.setAutoCommit(true);
    }
  }

  private static void requireServer(Connection session, PostgresOptions options)
      throws SQLException {
    int version = Integer.parseInt(word(session, "show server_version_num"));
    if (version < OLDEST_SERVER)
      throw new StoreFailure(
          options.place()
              + " is on PostgreSQL "
              + version / 10_000
              + "; Plaza needs version "
              + OLDEST_SERVER / 10_000
              + " or newer");
    var encoding = word(session, "show server_encoding");
    if (!encoding.equals("UTF8"))
      throw new StoreFailure(
          options.place()
              + " keeps text as "
              + encoding
              + "; make a database with the encoding UTF8: createdb -E UTF8 -T template0 NAME");
  }

  private static String word(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static boolean isMade(Connection session, String schema) throws SQLException {
    try (var statement = session.prepareStatement("select to_regclass(?) is not null")) {
      statement.setString(1, schema + ".about");
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  private static void requireFormat(Connection session, PostgresOptions options)
      throws SQLException {
    long format = about(session, "format");
    if (format > FORMAT)
      throw new StoreFailure(
          options.place()
              + " was written by a newer Plaza (format "
              + format
              + "); this one reads formats up to "
              + FORMAT
              + ". Start the newer Plaza, or restore a backup made by this one");
  }

  /// Whether nothing was ever written.
  static boolean areEmpty(Connection session) throws SQLException {
    try (var statement = session.createStatement();
        var rows =
            statement.executeQuery(
                """
                select not exists (select from layers) and not exists (select from feed)
                  and not exists (select from notes)\
                """)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  static void delete(Connection session, String schema) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute("drop schema " + schema + " cascade");
    }
  }

  /// One of the numbers that stand for the whole city.
  static long about(Connection session, String name) throws SQLException {
    try (var statement = session.prepareStatement("select value from about where name = ?")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        if (!rows.next())
          throw new StoreFailure(
              "the table about does not say '" + name + "'; the schema is not Plaza's");
        return rows.getLong(1);
      }
    }
  }

  static void setAbout(Connection session, String name, long value) throws SQLException {
    try (var statement = session.prepareStatement("update about set value = ? where name = ?")) {
      statement.setLong(1, value);
      statement.setString(2, name);
      statement.executeUpdate();
    }
  }
}
