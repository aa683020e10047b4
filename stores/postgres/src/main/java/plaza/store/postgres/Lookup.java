package plaza.store.postgres;

/// A row by which an entity is found.
///
/// @param attribute 0 for the row that says of which type it is
/// @param term sorts as the evaluator compares; empty with attribute 0
record Lookup(int layer, boolean gone, int attribute, int type, Bytes term, String id) {
  Object[] columns() {
    return new Object[] {layer, gone, attribute, type, term.content(), id};
  }
}
