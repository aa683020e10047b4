package plaza.store.bytes;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Slot;

/// Checks the counters of one layer against its slots.
public final class CensusCheck {
  private final Dictionary names;
  private final Map<Integer, Long> counted = new HashMap<>();

  public CensusCheck(Dictionary names) {
    this.names = names;
  }

  /// To be told every slot of the layer.
  public void sees(Slot slot) {
    if (slot instanceof Slot.Present(var entity))
      for (var type : entity.types()) counted.merge(names.number(type), 1L, Long::sum);
  }

  /// @param said the counters, by type
  public void compare(Layer layer, Map<Integer, Long> said, Faults faults) {
    var types = new TreeSet<>(counted.keySet());
    types.addAll(said.keySet());
    for (int type : types) {
      long wanted = counted.getOrDefault(type, 0L);
      long found = said.getOrDefault(type, 0L);
      if (found != wanted)
        faults.add(
            "the counter of "
                + names.name(type)
                + " in "
                + layer
                + " says "
                + found
                + ", not "
                + wanted);
    }
  }
}
