package plaza.programme.moderation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Tells everybody how often needs are rejected and hidden, for which reasons, and what became of
/// appeals. Counts decisions, never whose.
public final class ModerationDesk {
  private final Dossiers dossiers;

  public ModerationDesk(Dossiers dossiers) {
    this.dossiers = dossiers;
  }

  /// `[{decision, reasonCode, count, appealed, upheld, overturned, open}]`, by decision and reason.
  public Value.Items counts(Address address) {
    var tallies = new TreeMap<String, Tally>();
    dossiers.each(
        address,
        Kind.MODERATION_CASE,
        List.of(),
        one -> {
          var decision = one.text("decision");
          var reason = one.findText("reasonCode").orElse("");
          tallies
              .computeIfAbsent(decision + " " + reason, _ -> new Tally(decision, reason))
              .add(one);
          return true;
        });
    return new Value.Items(tallies.values().stream().<Value>map(Tally::toValue).toList());
  }

  private static final class Tally {
    private final String decision;
    private final String reason;
    private long count;
    private long appealed;
    private long upheld;
    private long overturned;

    Tally(String decision, String reason) {
      this.decision = decision;
      this.reason = reason;
    }

    void add(Dossier one) {
      count++;
      if (one.has("appealedAt")) appealed++;
      if (one.is("UPHELD")) upheld++;
      if (one.is("OVERTURNED")) overturned++;
    }

    Value.Struct toValue() {
      var members = new LinkedHashMap<String, Value>();
      members.put("decision", Value.of(decision));
      members.put("reasonCode", Value.of(reason));
      members.put("count", Value.of(count));
      members.put("appealed", Value.of(appealed));
      members.put("upheld", Value.of(upheld));
      members.put("overturned", Value.of(overturned));
      members.put("open", Value.of(appealed - upheld - overturned));
      return new Value.Struct(members);
    }
  }
}
