package plaza.programme.demand;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.notice.Followers;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Standing;
import plaza.programme.procedure.Work;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;
import plaza.programme.record.RecordFeed;

/// Where needs are stated, supported and contested.
///
/// Who has no account gets a token, once; it is kept as a hash and counts as one person.
public final class NeedDesk {
  private final Engine engine;
  private final SimilarNeeds similar;
  private final RecordFeed records;

  public NeedDesk(Engine engine, SimilarNeeds similar, RecordFeed records) {
    this.engine = engine;
    this.similar = similar;
    this.records = records;
  }

  /// States a need. Who has neither account nor token is answered a `token` to follow it with. A
  /// need of a department, the office or a verified person is published at once when the moderation
  /// screen finds nothing.
  public Outcome submit(Caller caller, NewNeed need) {
    var standing = engine.standing(caller);
    if (need.origin().equals("department")) requireSpeaker(standing, need.department());
    var outcome =
        engine.run(
            caller,
            work -> {
              var key = Followers.key(work);
              var fields = new LinkedHashMap<>(need.fields());
              fields.put("identity", Value.of(identity(caller, standing)));
              fields.put("supporters", Value.of(0));
              fields.put("verifiedSupporters", Value.of(0));
              if (caller.isSignedIn()) fields.put("author", Value.of(caller.id()));
              else fields.put("tokenHash", Value.of(key));
              var record = Dossier.of(Kind.NEED, work.ids().next(Kind.NEED), "SUBMITTED", fields);
              work.save(record);
              Followers.add(work, record, key);
              work.enter(record, "submit", Value.Struct.EMPTY);
              return record;
            });
    return standing.verified() || isOfficial(standing) ? published(caller, outcome) : outcome;
  }

  private Outcome published(Caller caller, Outcome submitted) {
    try {
      var trusted = Caller.plaza(caller.address(), "trusted");
      var record = submitted.record();
      var done =
          engine.transition(
              trusted, Kind.NEED, record.id(), "publish", Value.Struct.EMPTY, record.version());
      return new Outcome(done.record(), submitted.answers());
    } catch (Refusal.Unmet forAModerator) {
      return submitted;
    }
  }

  /// Counts the caller once for this need. Supporting twice changes nothing.
  public Outcome support(Caller caller, String needId) {
    boolean verified = engine.standing(caller).verified();
    return engine.run(
        caller,
        work -> {
          var need = open(work, needId);
          var key = Followers.key(work);
          var id = supportId(needId, key);
          if (work.find(Kind.SUPPORT, id).isPresent()) return need;
          work.save(
              Dossier.of(
                  Kind.SUPPORT,
                  id,
                  Dossier.KEPT,
                  Map.of(
                      "need", Value.of(needId),
                      "personKey", Value.of(key),
                      "verified", Value.of(verified),
                      "at", Value.of(work.now().toString()))));
          Followers.add(work, need, key);
          work.save(counted(need, 1, verified));
          findCluster(work, need)
              .ifPresent(cluster -> work.save(countedOnce(work, cluster, need, key, 1, verified)));
          return work.get(Kind.NEED, needId);
        });
  }

  /// Takes the caller's support back, so that it counts nowhere any more.
  public Outcome withdrawSupport(Caller caller, String needId) {
    return engine.run(
        caller,
        work -> {
          var need = open(work, needId);
          var key = key(caller);
          var support =
              work.find(Kind.SUPPORT, supportId(needId, key))
                  .orElseThrow(() -> new Refusal.NotFound("you do not support " + needId));
          work.remove(support);
          boolean verified = support.flag("verified");
          work.save(counted(need, -1, verified));
          findCluster(work, need)
              .ifPresent(cluster -> work.save(countedOnce(work, cluster, need, key, -1, verified)));
          return work.get(Kind.NEED, needId);
        });
  }

  /// Says that an answer (MET or DECLINED) does not hold. Counts once per person and answer; when
  /// enough people say so, the need is open again.
  public Outcome contest(Caller caller, String needId, Value.Struct input) {
    var recorded =
        engine.run(
            caller,
            work -> {
              var need = work.get(Kind.NEED, needId);
              if (!need.is("MET", "DECLINED"))
                throw new Refusal.Conflict(
                    needId + " is " + need.state() + "; only an answer can be contested");
              if (need.findMoment("contestUntil").filter(work.now()::isBefore).isEmpty())
                throw new Refusal.Conflict(
                    "the answer to "
                        + needId
                        + " could be contested until "
                        + need.findText("contestUntil").orElse("it was given"));
              var key = key(caller);
              if (!isAuthor(caller, need)
                  && work.find(Kind.SUPPORT, supportId(needId, key)).isEmpty())
                throw new Refusal.Forbidden(
                    "an answer can be contested by the author and the supporters of " + needId);
              var id = contestId(need, key);
              if (work.find(Kind.CONTEST, id).isEmpty())
                work.save(
                    Dossier.of(
                        Kind.CONTEST,
                        id,
                        Dossier.KEPT,
                        Map.of(
                            "need", Value.of(needId),
                            "answer", Value.of("" + need.count("answers")),
                            "at", Value.of(work.now().toString()))));
              return need;
            });
    try {
      return engine.transition(caller, Kind.NEED, needId, "contest", input, null);
    } catch (Refusal.Unmet moreMustSaySo) {
      return recorded;
    }
  }

  /// How the answer of a need is contested: `{made, wanted, until}`; empty while there is no
  /// answer.
  public Optional<Value.Struct> contests(Address address, Dossier need) {
    var until = need.findText("contestUntil");
    if (!need.is("MET", "DECLINED") || until.isEmpty()) return Optional.empty();
    var made =
        engine
            .dossiers()
            .list(
                address,
                Kind.CONTEST,
                List.of(
                    new Having("need", need.id()),
                    new Having("answer", "" + need.count("answers"))))
            .size();
    var wanted =
        Contests.wanted(engine.procedures().get(Kind.NEED), need.state(), need.count("supporters"));
    return Optional.of(
        new Value.Struct(
            Map.of(
                "made", Value.of(made),
                "wanted", Value.of(wanted),
                "until", Value.of(until.get()))));
  }

  /// What the caller has to do with a need.
  public Involvement involvement(Caller caller, String needId) {
    var dossiers = engine.dossiers();
    var need = dossiers.get(caller.address(), Kind.NEED, needId);
    var key = caller.personKey();
    if (key == null) return Involvement.NONE;
    return new Involvement(
        isAuthor(caller, need),
        dossiers.find(caller.address(), Kind.SUPPORT, supportId(needId, key)).isPresent(),
        dossiers.find(caller.address(), Kind.CONTEST, contestId(need, key)).isPresent());
  }

  /// The pmo's consent that an author withdraws a need which others support.
  public Outcome consentToWithdrawal(Caller caller, String needId) {
    if (!engine.standing(caller).holds("pmo"))
      throw new Refusal.Forbidden("consent to withdraw a supported need is the pmo's to give");
    return engine.run(
        caller,
        work -> {
          var need = work.get(Kind.NEED, needId).with("withdrawalConsent", caller.id());
          return work.done(need, "consentToWithdrawal");
        });
  }

  /// Published needs that say something alike, the likest first.
  ///
  /// @param near GeoJSON point to which nearness counts; null when place does not matter
  public List<SimilarNeeds.Match> similar(
      Address address, String text, Value.@Nullable Struct near, int limit) {
    records.catchUp(address);
    return similar.find(address.tenant(), text, near, limit);
  }

  /// Whether the caller stated the need, by account or token.
  public static boolean isAuthor(Caller caller, Dossier need) {
    if (caller.isSignedIn()) return need.findText("author").filter(caller.id()::equals).isPresent();
    var token = caller.token();
    return token != null
        && need.findText("tokenHash").filter(Caller.hash(token)::equals).isPresent();
  }

  static boolean isSupporter(Work work, String needId, Caller caller) {
    var key = caller.personKey();
    return key != null && work.find(Kind.SUPPORT, supportId(needId, key)).isPresent();
  }

  static String supportId(String needId, String personKey) {
    return Ids.id(Kind.SUPPORT, Canonical.hash(needId + " " + personKey).substring(0, 40));
  }

  private static String contestId(Dossier need, String personKey) {
    var seed = need.id() + " " + need.count("answers") + " " + personKey;
    return Ids.id(Kind.CONTEST, Canonical.hash(seed).substring(0, 40));
  }

  private static Dossier open(Work work, String needId) {
    var need = work.get(Kind.NEED, needId);
    if (!need.is("PUBLISHED", "ACKNOWLEDGED", "IN_PROGRAMME"))
      throw new Refusal.Conflict(
          needId + " is " + need.state() + " and takes no support; only open needs do");
    return need;
  }

  private static Optional<Dossier> findCluster(Work work, Dossier need) {
    return need.findText("cluster").flatMap(id -> work.find(Kind.NEED_CLUSTER, id));
  }

  /// A person who supports several needs of a cluster counts once there, as verified if known to
  /// be.
  private static Dossier countedOnce(
      Work work, Dossier cluster, Dossier need, String key, long more, boolean verified) {
    var others =
        cluster.texts("needs").stream()
            .filter(other -> !other.equals(need.id()))
            .flatMap(other -> work.find(Kind.SUPPORT, supportId(other, key)).stream())
            .toList();
    if (others.isEmpty()) return counted(cluster, more, verified);
    return verified && others.stream().noneMatch(other -> other.flag("verified"))
        ? cluster.with("verifiedSupporters", cluster.count("verifiedSupporters") + more)
        : cluster;
  }

  private static Dossier counted(Dossier record, long more, boolean verified) {
    var counted = record.with("supporters", record.count("supporters") + more);
    return verified
        ? counted.with("verifiedSupporters", counted.count("verifiedSupporters") + more)
        : counted;
  }

  private static String key(Caller caller) {
    var key = caller.personKey();
    if (key == null)
      throw new Refusal.Unauthenticated(
          "sign in, or send the token you were given when you stated or supported a need");
    return key;
  }

  /// Who speaks for a department: its officer or sponsor, or the pmo for any.
  private static void requireSpeaker(Standing standing, @Nullable String department) {
    if (!isOfficial(standing))
      throw new Refusal.Forbidden(
          "a need with origin department is for a departmentOfficer, a sponsor or the pmo");
    if (department == null || standing.holds("pmo")) return;
    var scopes = List.of(department);
    if (!standing.holds("departmentOfficer", scopes) && !standing.holds("sponsor", scopes))
      throw new Refusal.Forbidden("you do not speak for the department " + department);
  }

  private static boolean isOfficial(Standing standing) {
    return standing.holds("departmentOfficer")
        || standing.holds("pmo")
        || standing.holds("sponsor");
  }

  private static String identity(Caller caller, Standing standing) {
    if (!caller.isSignedIn()) return "anonymous";
    return standing.verified() ? "verified" : "registered";
  }

  static List<Dossier> contests(Work work, Dossier need) {
    return work.list(
        Kind.CONTEST,
        new Having("need", need.id()),
        new Having("answer", "" + need.count("answers")));
  }
}
