package plaza.graph.query;

import java.util.List;

/// Which part of an entity a condition looks at (clause 4.9): `airQuality.reliability[score.mean]`
/// has the attribute `airQuality`, the sub-attribute `reliability` and the trail `score`, `mean`
/// into its JSON value.
///
/// @param attribute expanded name
/// @param subAttributes expanded names, or the system names `createdAt`, `modifiedAt`,
///   `observedAt`, `unitCode`, `datasetId` unexpanded
/// @param trail member names inside the value, or one language tag of a LanguageProperty
public record Path(String attribute, List<String> subAttributes, List<String> trail) {
  public Path {
    subAttributes = List.copyOf(subAttributes);
    trail = List.copyOf(trail);
  }

  public static Path of(String attribute) {
    return new Path(attribute, List.of(), List.of());
  }

  public boolean isPlain() {
    return subAttributes.isEmpty() && trail.isEmpty();
  }
}
