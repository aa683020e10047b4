package plaza.ngsild.context;

import org.jspecify.annotations.Nullable;

/// What a short name stands for.
///
/// @param iri absolute, or a keyword such as `@id`; null when the context says it stands for
///   nothing
/// @param type what its values are coerced to: `@id`, `@vocab`, `@json` or a datatype's IRI
/// @param prefix whether `name:rest` stands for the IRI followed by the rest
record Term(String name, @Nullable String iri, @Nullable String type, boolean prefix) {}
