package plaza.programme.pilot;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where a pilot's agreement is offered to another organisation and signed by three: who leaves it,
/// who takes it over, and the city. The step `novate` then carries it out.
public final class NovationDesk {
  static final String CITY = "city";
  static final String FROM = "from";
  static final String TO = "to";
  static final List<String> PARTIES = List.of(CITY, FROM, TO);
  private static final int SHORTEST_REASON = 40;
  private final Engine engine;

  public NovationDesk(Engine engine) {
    this.engine = engine;
  }

  /// Offers the agreement to another organisation: `{organisation, team, funders, reason}`. An
  /// earlier offer that was not carried out is replaced, with its signatures.
  public Outcome propose(Caller caller, String id, Value.Struct json) {
    if (!engine.standing(caller).holds("pmo"))
      throw PilotDesk.refused(caller, "a novation is proposed by the pmo");
    var input = new Fields("a novation", json);
    var organisation = input.uri("organisation");
    var team = input.texts("team", 50);
    var funders = input.uris("funders");
    var reason = input.text("reason", 4_000);
    if (reason.codePointCount(0, reason.length()) < SHORTEST_REASON)
      throw input.wrong("reason", "at least " + SHORTEST_REASON + " characters; it is published");
    input.done();
    return engine.run(
        caller,
        work -> {
          var pilot = work.get(Kind.PILOT, id);
          requireRunning(pilot);
          if (pilot.texts("organisation").contains(organisation))
            throw new Refusal.Conflict(organisation + " is the party to " + id + " already");
          var novation = new LinkedHashMap<String, Value>();
          novation.put("from", Value.of(pilot.text("organisation")));
          novation.put("to", Value.of(organisation));
          novation.put("team", Value.of(team));
          novation.put("funders", Value.of(funders));
          novation.put("reason", Value.of(reason));
          novation.put("version", Value.of(version(pilot) + 1));
          var offered =
              pilot.with("novation", new Value.Struct(novation)).without("novationConsents");
          return work.done(
              offered, "proposeNovation", new Value.Struct(Map.of("reason", Value.of(reason))));
        });
  }

  /// Signs the offer, as `{party: city|from|to}` or as the only party one can sign for. Nobody
  /// signs for two.
  public Outcome sign(Caller caller, String id, Value.Struct json) {
    var input = new Fields("a signature", json);
    var wanted = input.findOneOf("party", CITY, FROM, TO);
    input.done();
    return engine.run(
        caller,
        work -> {
          var pilot = work.get(Kind.PILOT, id);
          requireRunning(pilot);
          var may = parties(caller, pilot);
          if (may.isEmpty())
            throw PilotDesk.refused(
                caller, "the novation of " + id + " is signed by the pmo and both organisations");
          var offer = offer(pilot);
          if (offer.isEmpty())
            throw new Refusal.Conflict(id + " is offered to nobody; propose a novation first");
          var consents = new LinkedHashMap<>(consents(pilot).members());
          var party = party(caller, consents, may, wanted);
          var consent = new LinkedHashMap<String, Value>();
          consent.put("by", Value.of(caller.id()));
          consent.put("at", Value.of(work.now().toString()));
          consent.put("hash", Value.of(Canonical.hash(signedText(pilot))));
          consents.put(party, new Value.Struct(consent));
          var signed = pilot.with("novationConsents", new Value.Struct(consents));
          return work.done(signed, "signNovation " + party);
        });
  }

  private static void requireRunning(Dossier pilot) {
    if (!pilot.is("READY", "ACTIVE", "SUSPENDED"))
      throw new Refusal.Conflict(
          pilot.id()
              + " is "
              + pilot.state()
              + "; another organisation takes over while it is READY, ACTIVE or SUSPENDED");
  }

  private Set<String> parties(Caller caller, Dossier pilot) {
    var standing = engine.standing(caller);
    var may = new LinkedHashSet<String>();
    var to = offer(pilot).map(offer -> text(offer, TO)).orElse("");
    if (standing.belongsToAny(pilot.texts("organisation"))) may.add(FROM);
    if (standing.organisations().contains(to)) may.add(TO);
    if (standing.holds("pmo")) may.add(CITY);
    return may;
  }

  private static String party(
      Caller caller, Map<String, Value> consents, Set<String> may, Optional<String> wanted) {
    var party = wanted.orElseGet(() -> may.iterator().next());
    if (!may.contains(party))
      throw new Refusal.Forbidden(caller.id() + " may sign for " + may + ", not for " + party);
    for (var other : consents.keySet())
      if (!other.equals(party)
          && Value.of(caller.id()).equals(((Value.Struct) consents.get(other)).members().get("by")))
        throw new Refusal.Conflict(
            caller.id() + " signed for " + other + "; somebody else signs for " + party);
    return party;
  }

  public static boolean isOfferedTo(Standing standing, Dossier pilot) {
    return offer(pilot).filter(o -> standing.organisations().contains(text(o, TO))).isPresent();
  }

  static Optional<Value.Struct> offer(Dossier pilot) {
    return pilot.findStruct("novation");
  }

  static Value.Struct consents(Dossier pilot) {
    return pilot.findStruct("novationConsents").orElse(Value.Struct.EMPTY);
  }

  /// The parties whose signature under the offer as it stands is missing.
  static List<String> missing(Dossier pilot) {
    var hash = Value.of(Canonical.hash(signedText(pilot)));
    var consents = consents(pilot).members();
    return PARTIES.stream()
        .filter(party ->
            !(consents.get(party) instanceof Value.Struct(var consent)
                && hash.equals(consent.get("hash"))))
        .toList();
  }

  /// What all three sign: the agreement as it is, and what changes.
  private static Value.Struct signedText(Dossier pilot) {
    var text = new LinkedHashMap<String, Value>();
    pilot.find("agreement").ifPresent(agreement -> text.put("agreement", agreement));
    pilot.find("novation").ifPresent(novation -> text.put("novation", novation));
    return new Value.Struct(text);
  }

  /// Of the agreement; 1 until it was first novated.
  static long version(Dossier pilot) {
    return Math.max(1, pilot.count("agreementVersion"));
  }

  static String text(Value.Struct of, String member) {
    return of.members().get(member) instanceof Value.Text(var text) ? text : "";
  }
}
