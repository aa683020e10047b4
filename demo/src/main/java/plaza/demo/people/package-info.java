/// Invented people and organisations, one for each role at least, with secrets that are made anew
/// for each data folder. Their names begin with Demo.
@NullMarked
package plaza.demo.people;

import org.jspecify.annotations.NullMarked;
