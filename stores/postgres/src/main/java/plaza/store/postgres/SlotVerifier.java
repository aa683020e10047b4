package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Slot;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.CensusCheck;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.Faults;
import plaza.store.bytes.RowSum;

/// Checks that a layer's slots can be read and that lookups and counters say the same.
final class SlotVerifier {
  private final Dictionary names;
  private final SlotReader slots;
  private final Lookups lookups;

  SlotVerifier(Dictionary names, SlotReader slots, Lookups lookups) {
    this.names = names;
    this.slots = slots;
    this.lookups = lookups;
  }

  /// @param told every slot that can be read
  void verify(Connection session, Layer layer, int number, Faults faults, Consumer<Slot> told)
      throws SQLException {
    var census = new CensusCheck(names);
    var expected = new RowSum();
    each(
        session,
        layer,
        number,
        faults,
        slot -> {
          census.sees(slot);
          for (var row : lookups.rows(number, slot)) add(expected, row);
          told.accept(slot);
        });
    var found = new RowSum();
    Verifier.each(
        session,
        "select gone, attribute, type, term, id from lookup where layer = ?",
        number,
        row -> add(found, lookup(number, row)));
    if (!found.isThatOf(expected)) {
      faults.add(
          "the table lookup has "
              + found.count()
              + " rows for "
              + layer
              + " where the entities ask for "
              + expected.count()
              + ", or other ones");
      each(
          session,
          layer,
          number,
          faults,
          slot -> nameMissing(session, layer, number, slot, faults));
    }
    census.compare(layer, counters(session, number), faults);
  }

  private static void add(RowSum sum, Lookup row) {
    var term = row.term().content();
    var place =
        new ByteWriter(9 + term.length)
            .u8(row.gone() ? 1 : 0)
            .i32(row.attribute())
            .i32(row.type())
            .raw(term)
            .toBytes();
    sum.add(place, row.id().getBytes(UTF_8));
  }

  private static Lookup lookup(int layer, ResultSet row) throws SQLException {
    return new Lookup(
        layer,
        row.getBoolean(1),
        row.getInt(2),
        row.getInt(3),
        new Bytes(row.getBytes(4)),
        row.getString(5));
  }

  void each(Connection session, Layer layer, int number, Faults faults, Consumer<Slot> told)
      throws SQLException {
    Verifier.each(
        session,
        "select id, gone, ends, print, body from state where layer = ?",
        number,
        row -> {
          var id = row.getString(1);
          boolean gone = row.getBoolean(2);
          Long ends = row.getObject(3, Long.class);
          var body = row.getBytes(5);
          if (row.getInt(4) != Prints.ofState(id, gone, body))
            faults.add(id + " in " + layer + " is damaged: its checksum is another");
          else
            faults.of(
                id + " in " + layer,
                () -> {
                  var slot = slots.slot(id, gone, body);
                  if (!Objects.equals(ends, CommitWriter.ends(slot)))
                    faults.add(id + " in " + layer + " ends at another time than its row says");
                  told.accept(slot);
                });
        });
  }

  /// Looks each row up, once it is known that something is wrong.
  private void nameMissing(Connection session, Layer layer, int number, Slot slot, Faults faults) {
    for (var row : lookups.rows(number, slot)) {
      try (var statement =
          session.prepareStatement(
              """
              select from lookup where layer = ? and gone = ? and attribute = ? and type = ?
                and term = ? and id = ?\
              """)) {
        int at = 1;
        for (var value : row.columns()) statement.setObject(at++, value);
        try (var rows = statement.executeQuery()) {
          if (!rows.next())
            faults.add(
                row.id()
                    + " in "
                    + layer
                    + " is missing from the table lookup"
                    + (row.attribute() == 0 ? "" : " by " + names.name(row.attribute())));
        }
      } catch (SQLException e) {
        faults.add("the table lookup cannot be read: " + e.getMessage());
        return;
      }
    }
  }

  private static Map<Integer, Long> counters(Connection session, int number) throws SQLException {
    var said = new HashMap<Integer, Long>();
    Verifier.each(
        session,
        "select type, entities from census where layer = ?",
        number,
        row -> said.put(row.getInt(1), row.getLong(2)));
    return said;
  }
}
