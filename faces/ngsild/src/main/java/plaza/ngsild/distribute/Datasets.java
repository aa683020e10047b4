package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.ngsild.context.Context;

/// The instances of one attribute as a caller wrote it, by their datasetIds (clause 4.5.5.1): one
/// instance, an array of them, or bare values under `dataset` (clause 4.5.4).
final class Datasets {
  private Datasets() {}

  /// Each datasetId that is written; `@none` for the default instance.
  static Set<String> of(Value attribute, Context context) {
    var ids = new LinkedHashSet<String>();
    only(attribute, context, ids::add);
    return ids;
  }

  /// The attribute with some of its instances; null when none is left.
  static @Nullable Value only(Value attribute, Context context, Predicate<String> wanted) {
    if (attribute instanceof Value.Items(var items)
        && items.stream().anyMatch(item -> named(item) != null)) {
      var left = new ArrayList<Value>();
      for (var item : items) if (wanted.test(id(item, context))) left.add(item);
      return left.isEmpty() ? null : new Value.Items(left);
    }
    if (attribute instanceof Value.Struct(var members)
        && members.size() == 1
        && members.get("dataset") instanceof Value.Struct(var datasets)) {
      var left = new LinkedHashMap<String, Value>();
      datasets.forEach((id, value) -> {
        if (wanted.test(context.expandId(id))) left.put(id, value);
      });
      return left.isEmpty() ? null : new Value.Struct(Map.of("dataset", new Value.Struct(left)));
    }
    return wanted.test(id(attribute, context)) ? attribute : null;
  }

  private static String id(Value instance, Context context) {
    var id = named(instance);
    return id == null ? Targets.NONE : context.expandId(id);
  }

  private static @Nullable String named(Value instance) {
    return instance instanceof Value.Struct(var members)
            && members.get("datasetId") instanceof Value.Text(var id)
        ? id
        : null;
  }
}
