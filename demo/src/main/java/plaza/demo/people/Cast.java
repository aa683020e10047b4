package plaza.demo.people;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import plaza.access.Access;
import plaza.access.people.Organization;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;

/// The invented people of a demo city, and the file that lets one be any of them.
public final class Cast {
  private static final Actor DEMO = Actor.of("urn:plaza:demo").through("demo");
  private static final Duration KEYS_LAST = Duration.ofDays(365);
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final Access access;
  private final RandomGenerator random;
  private final Map<String, String> ids = new LinkedHashMap<>();

  /// @param random a `SecureRandom` outside of tests
  public Cast(Access access, RandomGenerator random) {
    this.access = access;
    this.random = random;
  }

  /// Someone to be.
  ///
  /// @param part what the file calls them: the role's code, with a number for the second of a role
  /// @param on the organisation they act for; null for nobody
  private record Part(String part, String displayName, @Nullable Role role, @Nullable String on) {}

  /// Organisations by the names the story uses.
  public static final String DEPARTMENT = "Demo Department of Transportation";

  public static final String TEAM = "Demo Night Wheels";
  public static final String OTHER_TEAM = "Demo Pedal Cooperative";
  public static final String FUND = "Demo Mobility Fund";

  private static final Map<String, Organization.Kind> ORGANIZATIONS =
      Map.of(
          DEPARTMENT, Organization.Kind.DEPARTMENT,
          TEAM, Organization.Kind.STARTUP,
          OTHER_TEAM, Organization.Kind.CIVIL,
          FUND, Organization.Kind.INVESTOR);

  private static final List<Part> PARTS =
      List.of(
          new Part("resident", "Demo Resident Lin", null, null),
          new Part("verifiedResident", "Demo Resident Chen", Role.VERIFIED_RESIDENT, null),
          new Part("innovator", "Demo Builder Wu", null, TEAM),
          new Part("innovator2", "Demo Builder Tsai", null, OTHER_TEAM),
          new Part("departmentOfficer", "Demo Officer Huang", Role.DEPARTMENT_OFFICER, DEPARTMENT),
          new Part("sponsor", "Demo Sponsor Chang", Role.SPONSOR, DEPARTMENT),
          new Part("moderator", "Demo Moderator Lee", Role.MODERATOR, null),
          new Part("pmo", "Demo Programme Office Wang", Role.PMO, null),
          new Part("panelMember", "Demo Panel Member Liu", Role.PANEL_MEMBER, null),
          new Part("panelMember2", "Demo Panel Member Hsu", Role.PANEL_MEMBER, null),
          new Part("panelMember3", "Demo Panel Member Kuo", Role.PANEL_MEMBER, null),
          new Part("panelMember4", "Demo Panel Member Lo", Role.PANEL_MEMBER, TEAM),
          new Part("programmeBoard", "Demo Board Member Cheng", Role.PROGRAMME_BOARD, null),
          new Part("programmeBoard2", "Demo Board Member Su", Role.PROGRAMME_BOARD, null),
          new Part("programmeBoard3", "Demo Board Member Yeh", Role.PROGRAMME_BOARD, null),
          new Part("programmeBoard4", "Demo Board Member Pan", Role.PROGRAMME_BOARD, null),
          new Part("dataSteward", "Demo Data Steward Ho", Role.DATA_STEWARD, null),
          new Part("fieldOwner", "Demo Field Owner Chou", Role.FIELD_OWNER, null),
          new Part("regulatoryOfficer", "Demo Regulator Shih", Role.REGULATORY_OFFICER, null),
          new Part("competentAuthority", "Demo Authority Tseng", Role.COMPETENT_AUTHORITY, null),
          new Part("financeOfficer", "Demo Finance Officer Peng", Role.FINANCE_OFFICER, null),
          new Part("investor", "Demo Investor Fan", Role.INVESTOR, FUND),
          new Part("serviceOwner", "Demo Service Owner Yu", Role.SERVICE_OWNER, null),
          new Part("cityDelegate", "Demo City Delegate Mori", Role.CITY_DELEGATE, null),
          new Part("auditor", "Demo Auditor Hsieh", Role.AUDITOR, null),
          new Part("admin", "Demo Administrator Kao", Role.ADMIN, null));

  /// Sees to it that everybody is there. Secrets are made, and written to the file, only when there
  /// is no file yet: for new people as for those whose file was lost.
  public Cast ready(Path file, Instant now) throws IOException {
    for (var name : List.of(DEPARTMENT, TEAM, OTHER_TEAM, FUND)) organization(name);
    var known = Files.exists(file);
    var secrets = new LinkedHashMap<String, Value>();
    for (var part : PARTS) {
      var password = password();
      var user = "demo-" + part.part.toLowerCase(java.util.Locale.ROOT);
      var person = access.people().findByName(user).orElse(null);
      if (person == null) person = join(part, user, password);
      else if (!known) access.people().setPassword(DEMO, person.id(), password);
      ids.put(part.part, person.id());
      if (!known)
        secrets.put(
            part.part,
            secret(
                user,
                password,
                access
                    .keys()
                    .issuePersonal(DEMO, person.id(), "demo credentials", null, now.plus(KEYS_LAST))
                    .text()));
    }
    if (!known) write(file, new Value.Struct(secrets));
    return this;
  }

  private Person join(Part part, String user, String password) {
    var person = access.people().add(DEMO, user, part.displayName, null, password);
    if (part.on != null)
      access.organizations().join(DEMO, person.id(), organization(part.on).id(), true);
    if (part.role == null) return person;
    access.roles().give(DEMO, person.id(), part.role, scope(part), null);
    return person;
  }

  /// Gives the cast's office another city of the same server to look after, once.
  ///
  /// @return who is its pmo
  public Actor officeOf(String tenant) {
    for (var part : List.of("pmo", "fieldOwner", "admin"))
      for (var one : PARTS)
        if (one.part.equals(part) && one.role != null) {
          var role = one.role;
          var person = actor(part).id();
          if (!access.roles().on(person, Scope.tenant(tenant)).contains(role))
            access.roles().give(DEMO, person, role, Scope.tenant(tenant), null);
        }
    return actor("pmo");
  }

  /// A sponsor stands for the department, everybody else for the whole city.
  private Scope scope(Part part) {
    return part.role == Role.SPONSOR && part.on != null
        ? Scope.on(Address.DEFAULT_TENANT, organization(part.on).id())
        : Scope.CITY;
  }

  private Organization organization(String name) {
    for (var known : access.organizations().list()) if (known.name().equals(name)) return known;
    var kind = ORGANIZATIONS.get(name);
    if (kind == null) throw new IllegalArgumentException("no organisation of the demo: " + name);
    return access
        .organizations()
        .add(
            DEMO,
            name,
            kind,
            Set.of(),
            kind == Organization.Kind.DEPARTMENT ? BigDecimal.ONE : BigDecimal.ZERO,
            null);
  }

  public String organizationId(String name) {
    return organization(name).id();
  }

  /// Who plays a part.
  public Actor actor(String part) {
    var id = ids.get(part);
    if (id == null) throw new Refusal.NotFound("nobody in the demo plays " + part);
    return Actor.of(id);
  }

  private String password() {
    var password = new StringBuilder();
    for (int i = 0; i < 20; i++) password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    return password.toString();
  }

  private static Value secret(String user, String password, String key) {
    var members = new LinkedHashMap<String, Value>();
    members.put("user", Value.of(user));
    members.put("password", Value.of(password));
    members.put("apiKey", Value.of(key));
    return new Value.Struct(members);
  }

  private static void write(Path file, Value secrets) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix"))
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, Json.text(secrets).replace("},", "},\n").getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
