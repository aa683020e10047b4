package plaza.ngsild.source;

import plaza.graph.query.Selector;

/// Clause 5.12 as it reads, condition by condition, for comparison.
final class NaiveMatching {
  private NaiveMatching() {}

  static boolean matches(Registration registration, Ask ask) {
    boolean offers =
        ask.operations().isEmpty()
            || ask.operations().stream().anyMatch(registration.operations()::contains);
    var datasets = registration.extent().datasetIds();
    boolean dataset =
        datasets.isEmpty()
            || ask.datasetIds().isEmpty()
            || datasets.stream().anyMatch(ask.datasetIds()::contains);
    return offers
        && dataset
        && registration.information().stream().anyMatch(one -> matches(one, ask));
  }

  private static boolean matches(Information information, Ask ask) {
    boolean entities =
        ask.selectors().isEmpty()
            || information.entities().isEmpty()
            || information.entities().stream()
                .anyMatch(
                    one -> ask.selectors().stream().anyMatch(selector -> matches(one, selector)));
    boolean attributes =
        ask.attributes().isEmpty()
            || (information.properties().isEmpty() && information.relationships().isEmpty())
            || ask.attributes().stream()
                .anyMatch(name ->
                    information.properties().contains(name)
                        || information.relationships().contains(name));
    return entities && attributes;
  }

  private static boolean matches(EntityInfo entity, Selector selector) {
    if (selector.types() != null && !selector.types().accepts(entity.types())) return false;
    var id = entity.id();
    var pattern = entity.idPattern();
    if (id == null && pattern == null) return true;
    if (selector.ids().isEmpty() && selector.idPattern() == null) return true;
    for (var wanted : selector.ids()) {
      if (id != null && id.equals(wanted)) return true;
      if (pattern != null && pattern.matcher(wanted).find()) return true;
    }
    if (selector.idPattern() == null) return false;
    return id == null || selector.idPattern().matcher(id).find();
  }
}
