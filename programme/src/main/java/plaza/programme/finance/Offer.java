package plaza.programme.finance;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Fields;

/// What is sent to commit to a round: `{organisation, financeType, amount, currency, inKind,
/// conditions, relatedPartyDeclared, relation, description}`.
///
/// @param related what the party says of its ties to the pilot's parties; empty when it says
///   nothing
record Offer(
    Optional<String> organisation,
    Optional<String> financeType,
    Optional<BigDecimal> amount,
    Optional<String> currency,
    boolean inKind,
    List<String> conditions,
    Optional<Boolean> related,
    Optional<String> relation,
    Optional<String> description) {
  /// Asset classes and arrangements of the OCDS finance extension, for public-private partnerships.
  static final List<String> FINANCE_TYPES =
      List.of(
          "grant",
          "loan",
          "bond",
          "guarantee",
          "hybrid",
          "shares.listed",
          "shares.unlisted",
          "equity",
          "debt");

  private static final int MOST_CONDITIONS = 50;

  static Offer of(Situation s) {
    var input = s.input();
    var currency = Money.findCurrency(input);
    var spoken = currency.or(() -> s.record().findText("currency"));
    return new Offer(
        input.findUri("organisation"),
        input.findText("financeType", 100),
        spoken.isPresent()
            ? Money.find(input, "amount", spoken.get())
            : Money.find(input, "amount"),
        spoken,
        isInKind(input),
        input.texts("conditions", MOST_CONDITIONS),
        input.has("relatedPartyDeclared")
            ? Optional.of(input.flag("relatedPartyDeclared"))
            : Optional.empty(),
        input.findText("relation", 2_000),
        input.findText("description", 2_000));
  }

  private static boolean isInKind(Fields input) {
    var form = input.findOneOf("form", "cash", "inKind");
    boolean inKind = input.flag("inKind");
    if (form.isPresent() && input.has("inKind") && form.get().equals("inKind") != inKind)
      throw new Refusal.Invalid("form and inKind of a commitment say different things");
    return inKind || form.filter("inKind"::equals).isPresent();
  }

  /// The fields of the commitment it becomes.
  Map<String, Value> fields(Situation s) {
    var party = organisation.orElseThrow();
    var share = s.publicShare(party);
    var fields = new LinkedHashMap<String, Value>();
    fields.put("round", Value.of(s.record().id()));
    fields.put("organisation", Value.of(party));
    fields.put("financeType", Value.of(financeType.orElseThrow()));
    fields.put("amount", Money.of(amount.orElseThrow()));
    fields.put("currency", Value.of(currency.orElseThrow()));
    fields.put("inKind", Value.of(inKind));
    // As it is now: who is bought by the public later was no public party when it committed.
    share.ifPresent(part -> fields.put("publicShare", Money.of(part)));
    fields.put("publicParty", Value.of(share.filter(Offer::isPublic).isPresent()));
    fields.put("conditions", Value.of(conditions));
    fields.put("relatedParty", Value.of(related.orElseThrow()));
    relation.ifPresent(text -> fields.put("relation", Value.of(text)));
    description.ifPresent(text -> fields.put("description", Value.of(text)));
    fields.put("enteredBy", Value.of(s.caller().id()));
    fields.put("committedAt", Value.of(s.now().toString()));
    return fields;
  }

  private static boolean isPublic(BigDecimal share) {
    return share.compareTo(new BigDecimal("0.5")) >= 0;
  }
}
