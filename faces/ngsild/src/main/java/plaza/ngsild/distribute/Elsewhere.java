package plaza.ngsild.distribute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;

/// Takes away what proxied registrations say is at one place and nowhere else (clause 4.3.6.3).
final class Elsewhere {
  private Elsewhere() {}

  /// What may be held here of an entity; null for nothing.
  static @Nullable Entity here(Entity local, List<Match> matches) {
    @Nullable Entity left = local;
    for (var match : matches)
      if (left != null && match.registration().mode().isProxied()) left = without(left, match);
    return left;
  }

  /// What a source may say of an entity beside those that have attributes of it for themselves.
  static @Nullable Entity there(Entity remote, Match source, List<Match> matches) {
    @Nullable Entity left = remote;
    for (var match : matches)
      if (left != null
          && match.registration().mode() == Mode.EXCLUSIVE
          && !match.registration().id().equals(source.registration().id()))
        left = without(left, match);
    return left;
  }

  private static @Nullable Entity without(Entity entity, Match match) {
    if (!match.covers(entity.id(), entity.types())) return entity;
    var names = Harvest.attributes(match, entity);
    var datasets = match.registration().extent().datasetIds();
    if (names.isEmpty() && datasets.isEmpty()) return null;
    var left =
        entity.attributes().stream()
            .filter(one ->
                !(names.isEmpty() || names.contains(one.name()))
                    || !(datasets.isEmpty() || datasets.contains(Harvest.dataset(one))))
            .toList();
    return left.size() == entity.attributes().size() ? entity : entity.with(left);
  }
}
