package plaza.programme.invariant;

import plaza.programme.procedure.Caller;

/// What somebody asks of the city.
///
/// @param text for whoever has to understand what went wrong
record Command(String text, Caller who, Runnable what) {
  @Override
  public String toString() {
    return who.id() + " " + text;
  }
}
