package plaza.programme.procedure;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// A step about to be taken: what guards look at and effects change.
public final class Situation {
  private final Engine engine;
  private final Work work;
  private final Step step;
  private final String id;
  private final Kind kind;
  private final Fields input;
  private final List<Value> told = new ArrayList<>();
  private @Nullable String attested;

  Situation(Engine engine, Work work, Step step, Dossier record, Fields input) {
    this.engine = engine;
    this.work = work;
    this.step = step;
    this.id = record.id();
    this.kind = record.kind();
    this.input = input;
  }

  /// The record as it will be after what was done so far.
  public Dossier record() {
    return work.get(kind, id);
  }

  public Step step() {
    return step;
  }

  public Caller caller() {
    return work.caller();
  }

  /// What the caller is in this city; nothing for Plaza itself.
  public Standing standing() {
    return engine.standing(caller());
  }

  /// What somebody else is in this city.
  public Standing standing(String personId) {
    return engine.standing(personId, caller().address().tenant());
  }

  public boolean isVerifiedOrganisation(String organisationId) {
    return engine.isVerifiedOrganisation(organisationId, caller());
  }

  /// How much of an organisation is publicly owned, 0 to 1; empty when nobody knows.
  public Optional<BigDecimal> publicShare(String organisationId) {
    return engine.publicShare(organisationId, caller());
  }

  public Instant now() {
    return work.now();
  }

  public Ids ids() {
    return work.ids();
  }

  public Work work() {
    return work;
  }

  public Procedures procedures() {
    return engine.procedures();
  }

  /// What was sent with the action. Every member must be read by someone.
  public Fields input() {
    return input;
  }

  public Dossier get(Kind other, String otherId) {
    return work.get(other, otherId);
  }

  public Optional<Dossier> find(Kind other, String otherId) {
    return work.find(other, otherId);
  }

  public List<Dossier> list(Kind other, String field, String text) {
    return work.list(other, new Dossiers.Having(field, text));
  }

  public void set(String field, Value value) {
    work.save(record().with(field, value));
  }

  public void set(String field, String text) {
    work.save(record().with(field, text));
  }

  public void set(String field, Instant moment) {
    work.save(record().with(field, moment));
  }

  public void clear(String field) {
    work.save(record().without(field));
  }

  /// Takes a step of another record within the same write, as Plaza for a reason.
  public Dossier move(Kind other, String otherId, String action, String why, Value.Struct more) {
    return engine.move(work, other, otherId, action, why, more);
  }

  /// Names those who are to learn of this step. The audit chain keeps it; who follows reads it
  /// there, exactly once.
  public void tell(String audience, String subject) {
    told.add(Value.of(audience + " of " + subject));
  }

  /// Names what is to be published of this step, by the face that speaks that standard.
  public void publish(String what) {
    told.add(Value.of("publish " + what));
  }

  /// Keeps a hash in the audit chain where everybody can read it.
  public void attest(String hash) {
    attested = hash;
  }

  @Nullable String attested() {
    return attested;
  }

  List<Value> told() {
    return told;
  }

  /// The scopes on which a role counts for this record: itself and what it belongs to.
  Set<String> scopes() {
    return scopes(record());
  }

  /// Fields that hold what a role may be given on.
  public static final List<String> SCOPES =
      List.of(
          "department",
          "sponsor",
          "organisation",
          "operator",
          "challenge",
          "pilot",
          "service",
          "place",
          "owner",
          "fields",
          "competentAuthority");

  /// The scopes on which a role counts for a record.
  public static Set<String> scopes(Dossier record) {
    var scopes = new LinkedHashSet<String>();
    scopes.add(record.id());
    for (var field : SCOPES) scopes.addAll(record.texts(field));
    return scopes;
  }
}
