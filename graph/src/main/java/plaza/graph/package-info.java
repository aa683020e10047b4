/// The words of the city: entities, what is known about them, how that changes, and what one can
/// ask of them.
///
/// Everything here is a value: immutable, equal by content, valid from the moment it exists. Names
/// follow NGSI-LD; all names of types and attributes are expanded (absolute IRIs). Nothing here
/// does I/O or knows a wire format, a store, JSON-LD or a framework.
@NullMarked
package plaza.graph;

import org.jspecify.annotations.NullMarked;
