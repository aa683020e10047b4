package plaza.programme.notice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Roles;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Whom a step concerns: everybody its effects name, and whoever follows the record. Each person
/// once, however many reasons there are.
final class Audience {
  private final Dossiers dossiers;
  private final Roles roles;

  Audience(Dossiers dossiers, Roles roles) {
    this.dossiers = dossiers;
    this.roles = roles;
  }

  /// @param link of the audit chain
  /// @param subject the record it is about, as it is now
  Set<Recipient> of(Address address, Dossier link, Dossier subject) {
    var found = new LinkedHashMap<String, Recipient>();
    if (!link.text("from").equals(link.text("to")))
      add(found, followers(address, link, List.of(subject.id())));
    for (var audience : told(link)) add(found, named(address, link, audience, subject));
    return new LinkedHashSet<>(found.values());
  }

  private static void add(Map<String, Recipient> found, List<Recipient> more) {
    // Who has an account is written under it, though they began with a token.
    for (var one : more) found.merge(one.key(), one, (a, b) -> a.person() != null ? a : b);
  }

  /// The audiences a link names: `followers of urn:…`.
  private static List<String> told(Dossier link) {
    if (!(Json.parse(link.text("text")) instanceof Value.Struct(var members))
        || !(members.get("told") instanceof Value.Items(var items))) return List.of();
    var audiences = new ArrayList<String>();
    for (var item : items)
      if (item instanceof Value.Text(var text) && !text.startsWith("publish ")) {
        int of = text.lastIndexOf(" of urn:");
        audiences.add(of < 0 ? text : text.substring(0, of));
      }
    return audiences;
  }

  private List<Recipient> named(Address address, Dossier link, String audience, Dossier subject) {
    int comma = audience.indexOf(',');
    var who = comma < 0 ? audience : audience.substring(0, comma);
    return switch (who) {
      case "followers" -> followers(address, link, List.of(subject.id()));
      case "need followers" -> followers(address, link, needs(address, subject));
      case "author" -> authors(subject);
      case "parties" -> parties(address, subject);
      case "owner department" -> holders(address, "departmentOfficer", subject.texts("department"));
      case "sponsor" -> {
        var sponsors = new ArrayList<>(people(subject.texts("draftedBy")));
        sponsors.addAll(holders(address, "sponsor", subject.texts("sponsor")));
        yield sponsors;
      }
      case "authors of drafts" -> proposers(address, subject, List.of("DRAFT"));
      case "proposers" ->
          proposers(
              address,
              subject,
              List.of("ELIGIBLE", "SHORTLISTED", "EXPLORATION", "SELECTED", "NOT_SELECTED"));
      case "team", "requester" -> {
        var team = new ArrayList<>(people(subject.texts("team")));
        team.addAll(people(subject.texts("requestedBy")));
        yield team;
      }
      case "fieldOwner", "competentAuthority" -> {
        var scopes = new ArrayList<>(Situation.scopes(subject));
        scopes.add(Standing.CITY);
        yield holders(address, who, scopes);
      }
      case "users" -> List.of(); // only the service knows them; its page tells
      default -> holders(address, who, List.of(Standing.CITY));
    };
  }

  /// Those who followed before the step was taken: who came later has read of it on the page.
  private List<Recipient> followers(Address address, Dossier link, List<String> subjects) {
    var found = new ArrayList<Recipient>();
    for (var subject : subjects)
      for (var follow : dossiers.list(address, Kind.FOLLOW, List.of(Followers.on(subject))))
        if (follow.version() < link.version()) found.add(Followers.recipient(follow));
    return found;
  }

  /// The needs a record goes back to.
  private List<String> needs(Address address, Dossier subject) {
    var needs = new ArrayList<>(subject.texts("needs"));
    for (var id : subject.texts("clusters"))
      dossiers
          .find(address, Kind.NEED_CLUSTER, id)
          .ifPresent(cluster -> needs.addAll(cluster.texts("needs")));
    return needs;
  }

  private static List<Recipient> authors(Dossier subject) {
    var token = subject.findText("tokenHash").map(hash -> new Recipient(hash, null));
    var found = new ArrayList<>(people(subject.texts("author")));
    token.ifPresent(found::add);
    return found;
  }

  private List<Recipient> parties(Address address, Dossier subject) {
    var found = new ArrayList<>(authors(subject));
    for (var field : List.of("team", "requestedBy", "holder", "openedBy", "reviewer", "raisedBy"))
      found.addAll(people(subject.texts(field)));
    if (subject.kind() == Kind.EXPLORATION)
      for (var id : subject.texts("proposal"))
        dossiers
            .find(address, Kind.PROPOSAL, id)
            .ifPresent(proposal -> {
              found.addAll(people(proposal.texts("author")));
              found.addAll(people(proposal.texts("team")));
            });
    for (var id : subject.texts("pilot"))
      dossiers
          .find(address, Kind.PILOT, id)
          .ifPresent(pilot -> found.addAll(people(pilot.texts("team"))));
    return found;
  }

  private List<Recipient> proposers(Address address, Dossier challenge, List<String> states) {
    var found = new ArrayList<Recipient>();
    for (var proposal :
        dossiers.list(
            address, Kind.PROPOSAL, List.of(new Dossiers.Having("challenge", challenge.id()))))
      if (states.contains(proposal.state())) found.addAll(parties(address, proposal));
    return found;
  }

  private List<Recipient> holders(Address address, String role, List<String> scopes) {
    var ids = new LinkedHashSet<String>();
    for (var scope : scopes) ids.addAll(roles.holders(role, scope, address.tenant()));
    return people(List.copyOf(ids));
  }

  private static List<Recipient> people(List<String> ids) {
    return ids.stream().map(Audience::person).flatMap(Optional::stream).toList();
  }

  private static Optional<Recipient> person(String id) {
    var caller = Caller.of(Actor.of(id), Address.DEFAULT);
    var key = caller.personKey();
    return key == null ? Optional.empty() : Optional.of(new Recipient(key, id));
  }
}
