package plaza.ngsild.parse;

import plaza.ngsild.context.Context;

/// How a document is to be read.
///
/// @param simplified whether attributes are bare values (clause 4.5.4); otherwise normalized and
///   concise ones may be mixed (clauses 4.5.2.2, 4.5.2.3)
/// @param nulls where NGSI-LD's null may stand (clause 5.5.4)
/// @param temporal whether an attribute may have many instances with the same datasetId (clause
///   4.5.7)
/// @param stamped whether what the system says (createdAt, modifiedAt, deletedAt) counts, because
///   another system answers; otherwise it is ignored
public record Reading(
    Context context, boolean simplified, Nulls nulls, boolean temporal, boolean stamped) {
  public enum Nulls {
    NOWHERE,
    /// In place of an attribute or its value: updates.
    FOR_ATTRIBUTES,
    /// Also inside JSON objects: merges.
    ANYWHERE
  }

  /// Whole entities, as they are created or replaced.
  public static Reading entities(Context context, boolean simplified) {
    return new Reading(context, simplified, Nulls.NOWHERE, false, false);
  }

  /// Fragments for updates of whole instances.
  public static Reading updates(Context context, boolean simplified) {
    return new Reading(context, simplified, Nulls.FOR_ATTRIBUTES, false, false);
  }

  /// Fragments that are merged.
  public static Reading merges(Context context, boolean simplified) {
    return new Reading(context, simplified, Nulls.ANYWHERE, false, false);
  }

  /// Temporal evolutions.
  public static Reading temporal(Context context) {
    return new Reading(context, false, Nulls.NOWHERE, true, false);
  }

  /// What other brokers answer.
  public static Reading answers(Context context, boolean temporal) {
    return new Reading(context, false, Nulls.NOWHERE, temporal, true);
  }
}
