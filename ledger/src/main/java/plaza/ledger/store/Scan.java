package plaza.ledger.store;

import java.util.Iterator;
import plaza.graph.Entity;

/// Entities going by; closing it frees what the engine holds.
public interface Scan extends Iterator<Entity>, AutoCloseable {
  @Override
  void close();

  static Scan of(Iterator<Entity> entities) {
    return new Scan() {
      @Override
      public boolean hasNext() {
        return entities.hasNext();
      }

      @Override
      public Entity next() {
        return entities.next();
      }

      @Override
      public void close() {}
    };
  }
}
