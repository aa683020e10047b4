package plaza.graph;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/// A GeoJSON geometry (RFC 7946; longitude before latitude, WGS 84 degrees), kept as it was written
/// beside its JTS form.
public final class GeoValue {
  private final Value.Struct geoJson;
  private volatile @Nullable Geometry geometry;

  private GeoValue(Value.Struct geoJson, @Nullable Geometry geometry) {
    this.geoJson = geoJson;
    this.geometry = geometry;
  }

  /// @throws Refusal.Invalid naming what is wrong with the geometry
  public static GeoValue of(Value.Struct geoJson) {
    return new GeoValue(geoJson, GeoJson.geometry(geoJson));
  }

  public static GeoValue point(double longitude, double latitude) {
    return of(GeoJson.point(longitude, latitude));
  }

  /// For what a store kept: checked when it came in, so its shape is built only when asked for.
  public static GeoValue trusted(Value.Struct geoJson) {
    return new GeoValue(geoJson, null);
  }

  public Value.Struct geoJson() {
    return geoJson;
  }

  /// The shape; never null. Treat it as immutable.
  public Geometry geometry() {
    var known = geometry;
    if (known == null) {
      known = GeoJson.geometry(geoJson);
      geometry = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GeoValue that && geoJson.equals(that.geoJson);
  }

  @Override
  public int hashCode() {
    return geoJson.hashCode();
  }

  @Override
  public String toString() {
    return geoJson.toString();
  }
}
