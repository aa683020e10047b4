package plaza.ngsild.distribute;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.source.Operation;

/// What is done to each entity of a batch (clauses 5.6.7 to 5.6.10, 5.6.20).
///
/// @param operation on the whole batch
/// @param path below the API's base
/// @param parameters of the URL
/// @param singly what does the same to one entity, for sources without the batch operation
public record Batch(
    Operation operation, String path, Map<String, String> parameters, Singly singly) {
  /// The ways to do it one by one.
  public enum Singly {
    CREATE,
    REPLACE_OR_CREATE,
    UPDATE_OR_CREATE,
    UPDATE,
    APPEND,
    MERGE,
    DELETE
  }

  public Batch {
    parameters = Map.copyOf(parameters);
  }

  /// @param id of the entity
  /// @param types expanded, as far as known
  /// @param writing null for deletions
  public record Item(String id, List<String> types, @Nullable Writing writing) {
    public Item {
      types = List.copyOf(types);
    }

    Targets targets() {
      return writing == null ? Targets.whole(Set.of()) : writing.targets();
    }
  }

  /// Of which a source must offer one.
  Set<Operation> operations() {
    var operations = new LinkedHashSet<Operation>();
    operations.add(operation);
    operations.addAll(
        switch (singly) {
          case CREATE -> List.of(Operation.CREATE_ENTITY);
          case REPLACE_OR_CREATE -> List.of(Operation.CREATE_ENTITY, Operation.REPLACE_ENTITY);
          case UPDATE_OR_CREATE -> List.of(Operation.CREATE_ENTITY, Operation.UPDATE_ENTITY);
          case UPDATE -> List.of(Operation.UPDATE_ENTITY);
          case APPEND -> List.of(Operation.APPEND_ATTRS);
          case MERGE -> List.of(Operation.MERGE_ENTITY);
          case DELETE -> List.of(Operation.DELETE_ENTITY);
        });
    return operations;
  }

  /// One entity's share of the batch, by itself.
  ///
  /// @param one of [#operations]
  Errand errand(Operation one, Item item) {
    return switch (one) {
      case CREATE_ENTITY ->
          Errand.creation(one, "/entities", item.id, item.types, form(), required(item));
      case REPLACE_ENTITY -> entity(one, "PUT", "", form(), item);
      case UPDATE_ENTITY -> entity(one, "PATCH", "/attrs", form(), item);
      case APPEND_ATTRS -> entity(one, "POST", "/attrs", parameters, item);
      case MERGE_ENTITY -> entity(one, "PATCH", "", parameters, item);
      case DELETE_ENTITY -> entity(one, "DELETE", "", Map.of(), item);
      default -> throw new IllegalArgumentException(one + " is not about one entity");
    };
  }

  private static Writing required(Item item) {
    var writing = item.writing;
    if (writing == null) throw new IllegalStateException(item.id + " has nothing to write");
    return writing;
  }

  private static Errand entity(
      Operation one, String method, String tail, Map<String, String> parameters, Item item) {
    return Errand.entity(
        one, method, "/entities", item.id, tail, item.types, parameters, item.writing);
  }

  /// Without options that only the batch knows.
  private Map<String, String> form() {
    var options = parameters.getOrDefault("options", "");
    boolean simple = options.contains("keyValues") || options.contains("simplified");
    return simple ? Map.of("options", "keyValues") : Map.of();
  }
}
