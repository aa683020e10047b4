package plaza.programme.pilot;

import static java.util.Optional.empty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.call.Conflicts;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of a pilot's novation mean. The pilot keeps its id and everything measured; its
/// agreement gets a version, its public `novations` one line `{date, from, to, reason, version}`.
public final class NovationWords {
  /// What belongs to a pilot and passes to its new organisation while it is not over.
  private static final List<Kind> PASSING =
      List.of(Kind.DATA_GRANT, Kind.BOOKING, Kind.REGULATORY_CASE);

  private final Conflicts conflicts;
  private final GrantBinding binding;

  public NovationWords(Conflicts conflicts, GrantBinding binding) {
    this.conflicts = conflicts;
    this.binding = binding;
  }

  public void register(Functions functions) {
    functions
        .guard(
            "novationProposed",
            (s, _) ->
                NovationDesk.offer(s.record()).isPresent()
                    ? empty()
                    : Optional.of("propose a novation to another organisation"))
        .guard(
            "novationSignedByAll",
            (s, _) -> {
              var missing = NovationDesk.missing(s.record());
              return missing.isEmpty()
                  ? empty()
                  : Optional.of("to be signed for " + String.join(", ", missing));
            })
        .guard(
            "newPartyVerified",
            (s, _) ->
                s.isVerifiedOrganisation(to(s))
                    ? empty()
                    : Optional.of("have the registration of the new organisation verified"))
        .guard("noTieToNewParty", (s, _) -> tie(s))
        .effect("novateAgreement", (s, _) -> novate(s))
        .effect("passToNewParty", (s, _) -> pass(s))
        .effect("voidOpenGates", (s, _) -> voidGates(s))
        .effect("endOldKeys", (s, _) -> endKeys(s));
  }

  private static String to(Situation s) {
    return NovationDesk.offer(s.record())
        .map(offer -> NovationDesk.text(offer, NovationDesk.TO))
        .orElse("");
  }

  /// Nobody who selected the proposal or decides here is tied to who takes it over: else a call
  /// could be won by one organisation for another.
  private Optional<String> tie(Situation s) {
    var offer = NovationDesk.offer(s.record());
    if (offer.isEmpty()) return empty();
    var taken =
        s.record()
            .with("organisation", NovationDesk.text(offer.get(), NovationDesk.TO))
            .with("team", offer.get().members().getOrDefault("team", Value.Null.VALUE))
            .with("funders", offer.get().members().getOrDefault("funders", Value.Null.VALUE));
    var judges = new LinkedHashSet<String>();
    if (s.caller().isSignedIn()) judges.add(s.caller().id());
    for (var proposal : s.record().texts("proposal"))
      for (var review : s.list(Kind.REVIEW, "proposal", proposal))
        if (review.is("FINAL")) judges.add(review.text("reviewer"));
    return judges.stream()
        .flatMap(judge -> conflicts.find(s.work(), judge, s.standing(judge), taken).stream())
        .findFirst();
  }

  private static boolean novate(Situation s) {
    var pilot = s.record();
    var offer = NovationDesk.offer(pilot).orElseThrow();
    long version = NovationDesk.version(pilot) + 1;
    var from = pilot.text("organisation");
    var to = NovationDesk.text(offer, NovationDesk.TO);
    var novation = new LinkedHashMap<String, Value>();
    novation.put("date", Value.of(s.now().toString()));
    novation.put("from", Value.of(from));
    novation.put("to", Value.of(to));
    novation.put("reason", Value.of(NovationDesk.text(offer, "reason")));
    novation.put("version", Value.of(version));
    var novations = new ArrayList<>(pilot.items("novations"));
    novations.add(new Value.Struct(novation));
    s.set("novations", new Value.Items(novations));
    s.set("agreementVersion", Value.of(version));
    s.set("organisation", to);
    var former = new LinkedHashSet<>(pilot.texts("formerOrganisations"));
    former.add(from);
    s.set("formerOrganisations", Value.of(List.copyOf(former)));
    for (var name : List.of("team", "funders"))
      s.set(name, offer.members().getOrDefault(name, Value.Null.VALUE));
    sign(s, pilot, to, version);
    s.set("lastNovatedAt", s.now());
    s.clear("novation");
    s.clear("novationConsents");
    return true;
  }

  /// The agreement under its new version, signed when its parties signed the offer.
  private static void sign(Situation s, Dossier before, String to, long version) {
    var agreement =
        new LinkedHashMap<>(before.findStruct("agreement").orElse(Value.Struct.EMPTY).members());
    agreement.put("version", Value.of(version));
    agreement.put("party", Value.of(to));
    var next = new Value.Struct(agreement);
    s.set("agreement", next);
    consent(s, before, NovationDesk.CITY, "cityConsent", next);
    consent(s, before, NovationDesk.TO, "partnerConsent", next);
  }

  private static void consent(
      Situation s, Dossier before, String party, String field, Value.Struct agreement) {
    var given = (Value.Struct) NovationDesk.consents(before).members().get(party);
    if (given == null) return;
    var consent = new LinkedHashMap<String, Value>();
    consent.put("at", Value.of(NovationDesk.text(given, "at")));
    consent.put("agreementHash", Value.of(Canonical.hash(agreement)));
    s.set(field, new Value.Struct(consent));
  }

  /// Grants go on, bookings get the hand that signed for the new organisation, and who decides on
  /// the pilot's rules is told.
  private static boolean pass(Situation s) {
    var to = to(s);
    var signer = signer(s);
    for (var kind : PASSING)
      for (var part : s.list(kind, "pilot", s.record().id())) {
        if (s.procedures().isTerminal(kind, part.state())) continue;
        var passed = part.with("organisation", to);
        if (kind == Kind.BOOKING && signer.isPresent())
          passed = passed.with("holder", signer.get());
        s.work().save(passed);
        if (kind == Kind.REGULATORY_CASE) s.tell("competentAuthority, of the new party", part.id());
        if (kind == Kind.BOOKING) s.tell("fieldOwner, of the new party", part.id());
      }
    return true;
  }

  private static Optional<String> signer(Situation s) {
    return NovationDesk.consents(s.record()).members().get(NovationDesk.TO)
            instanceof Value.Struct consent
        ? Optional.of(NovationDesk.text(consent, "by"))
        : empty();
  }

  /// A decision was opened about another party's pilot; a new one can be opened at once.
  private static boolean voidGates(Situation s) {
    for (var gate : GateDesk.openDecisions(s.work(), s.record()))
      s.work().save(gate.with("voidedAt", s.now()).in("VOID"));
    return true;
  }

  private boolean endKeys(Situation s) {
    var address = s.caller().address();
    var id = s.record().id();
    Instant at = s.now();
    s.work()
        .afterwards(
            () -> binding.endKeysUntil(address, id, at, "the pilot was novated to another team"));
    return true;
  }
}
