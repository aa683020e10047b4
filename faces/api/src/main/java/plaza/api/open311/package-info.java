/// Faults by Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2), in XML and JSON. Parses and
/// represents; what a fault is and who works on it is `plaza.programme.fault`'s to say.
@NullMarked
package plaza.api.open311;

import org.jspecify.annotations.NullMarked;
