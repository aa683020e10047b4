/// The standard (ETSI GS CIM 009, NGSI-LD V1.9.1) as checks, by clause, of a broker that is spoken
/// to over HTTP alone. Knows the standard and nothing of Plaza but how to start it.
@NullMarked
package plaza.conformance;

import org.jspecify.annotations.NullMarked;
