package plaza.demo.taipei;

/// A row that could not be used: kept aside, with the reason.
///
/// @param line 1 is the header
record Faulty(String file, int line, String row, String reason) {}
