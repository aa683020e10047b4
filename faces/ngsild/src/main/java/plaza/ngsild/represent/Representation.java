package plaza.ngsild.represent;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How entities are to be shown (clauses 6.3.7, 6.3.11, 4.15, 4.5.5).
///
/// @param system whether createdAt, modifiedAt and expiresAt show
/// @param languages turns LanguageProperties into texts; null leaves them
/// @param datasetIds instances that show, `@none` for the default one; null shows all
public record Representation(
    Format format,
    boolean system,
    Projection projection,
    @Nullable LanguageFilter languages,
    @Nullable Set<String> datasetIds) {
  public enum Format {
    NORMALIZED,
    CONCISE,
    SIMPLIFIED
  }

  public static final Representation NORMALIZED = of(Format.NORMALIZED);
  public static final Representation CONCISE = of(Format.CONCISE);
  public static final Representation SIMPLIFIED = of(Format.SIMPLIFIED);

  public Representation {
    datasetIds = datasetIds == null ? null : Set.copyOf(datasetIds);
  }

  public static Representation of(Format format) {
    return new Representation(format, false, Projection.ALL, null, null);
  }

  public Representation withSystem() {
    return new Representation(format, true, projection, languages, datasetIds);
  }

  public Representation with(Projection newProjection) {
    return new Representation(format, system, newProjection, languages, datasetIds);
  }

  boolean shows(@Nullable String datasetId) {
    return datasetIds == null || datasetIds.contains(datasetId == null ? "@none" : datasetId);
  }
}
