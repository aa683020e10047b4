package plaza.portal.city;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/// A district, coarse enough to draw.
///
/// @param shape simplified to about ten metres
public record District(String id, String name, @Nullable String english, Geometry shape) {}
