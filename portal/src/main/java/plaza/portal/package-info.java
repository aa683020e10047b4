/// The web pages: server-rendered, useful without script, with small islands for map and charts.
/// This package wires them; each subject has a package of its own. Knows the public services and
/// nothing behind them; the city's data come through the [plaza.ledger.Reader] in the visitor's
/// name.
@NullMarked
package plaza.portal;

import org.jspecify.annotations.NullMarked;
