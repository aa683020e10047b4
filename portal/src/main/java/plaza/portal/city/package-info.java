/// The city as the map shows it: stations now and at any moment, districts, further layers, and
/// what changes live. Everything is read in the visitor's name; what is kept in memory is shared
/// only among those who see all public data. Types and attributes are recognised by the last part
/// of their names, whichever vocabulary a link used.
@NullMarked
package plaza.portal.city;

import org.jspecify.annotations.NullMarked;
