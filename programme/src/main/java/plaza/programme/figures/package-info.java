/// What a mayor asks of the programme, as formulae: leverage, conversion, time to pilot, demand
/// coverage, retention, collaboration, portability.
///
/// Each figure is a pure function of records, so that the pages and anybody who sends the same
/// records get the same number; one whose denominator is 0 is null. `ProgrammeFigures` takes a
/// city's records from the feed, `Computation` those of a request. Changes nothing.
@NullMarked
package plaza.programme.figures;

import org.jspecify.annotations.NullMarked;
