package plaza.ngsild.distribute;

import org.jspecify.annotations.Nullable;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.source.Source;

/// The names one source is spoken to with (clause 4.3.6.6).
///
/// @param link the context's URL, which the source can fetch; null for the core context, which
///   every broker has
/// @param own whether these are the caller's names, so that what he wrote may go on as it is
record Dialect(Context context, @Nullable String link, boolean own) {
  /// What the source wants, else the caller's names if others can fetch them, else the core's.
  ///
  /// @throws plaza.ngsild.context.ContextUnavailable when the source's context cannot be had
  static Dialect of(Source source, Context callers, Contexts contexts) {
    var wanted = source.info("jsonldContext");
    if (wanted.isPresent() && !wanted.get().equals(callers.link())) {
      var context = contexts.link(wanted.get());
      return new Dialect(context, Contexts.isCore(wanted.get()) ? null : wanted.get(), false);
    }
    if (!isOwn(source, callers)) return new Dialect(contexts.core(), null, false);
    return new Dialect(callers, Contexts.isCore(callers.link()) ? null : callers.link(), true);
  }

  /// Whether [#of] gives the caller's names.
  static boolean isOwn(Source source, Context callers) {
    var wanted = source.info("jsonldContext");
    if (wanted.isPresent() && !wanted.get().equals(callers.link())) return false;
    return Contexts.isCore(callers.link())
        || callers.link().startsWith("http://")
        || callers.link().startsWith("https://");
  }

  String name(String iri) {
    return context.name(iri);
  }
}
