package plaza.access.people;

import static plaza.access.people.Power.ACT_IN_PROGRAMME;
import static plaza.access.people.Power.AUDIT;
import static plaza.access.people.Power.CONFIGURE;
import static plaza.access.people.Power.DECIDE_IN_PROGRAMME;
import static plaza.access.people.Power.ENTER_ORGANIZATIONS;
import static plaza.access.people.Power.GRANT_DATA;
import static plaza.access.people.Power.MANAGE_LINKS;
import static plaza.access.people.Power.MANAGE_PEOPLE;
import static plaza.access.people.Power.READ_CITY;
import static plaza.access.people.Power.TAKE_PART;
import static plaza.access.people.Power.VERIFY_MEMBERS;
import static plaza.access.people.Power.WRITE_CITY;

import java.util.Optional;
import java.util.Set;
import plaza.graph.Refusal;

/// What someone is to the city and its programme. The procedures name who may do each action by
/// these codes; what a role may do beyond them are its powers.
public enum Role {
  /// Submits a need and follows it by token.
  ANONYMOUS("anonymous"),
  /// Supports, comments, contests. Everybody with an account is one.
  RESIDENT("resident", TAKE_PART, ENTER_ORGANIZATIONS),
  /// A resident whose residence was checked.
  VERIFIED_RESIDENT("verifiedResident", TAKE_PART),
  /// Member of an organisation that proposes and pilots.
  INNOVATOR("innovator", TAKE_PART, ACT_IN_PROGRAMME),
  DEPARTMENT_OFFICER("departmentOfficer", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME),
  SPONSOR("sponsor", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME),
  MODERATOR("moderator", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME),
  /// Runs the programme; cannot decide alone.
  PMO("pmo", TAKE_PART, READ_CITY, VERIFY_MEMBERS, ENTER_ORGANIZATIONS, ACT_IN_PROGRAMME),
  /// Only what is assigned to them and free of conflict.
  PANEL_MEMBER("panelMember", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME),
  /// Approves, decides, gates; quorum 3.
  PROGRAMME_BOARD("programmeBoard", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME, DECIDE_IN_PROGRAMME),
  DATA_STEWARD(
      "dataSteward", TAKE_PART, READ_CITY, WRITE_CITY, GRANT_DATA, MANAGE_LINKS, ACT_IN_PROGRAMME),
  /// Confirms bookings of test fields.
  FIELD_OWNER("fieldOwner", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME),
  REGULATORY_OFFICER("regulatoryOfficer", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME),
  COMPETENT_AUTHORITY(
      "competentAuthority", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME, DECIDE_IN_PROGRAMME),
  FINANCE_OFFICER("financeOfficer", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME, DECIDE_IN_PROGRAMME),
  /// Own commitments.
  INVESTOR("investor", TAKE_PART, ACT_IN_PROGRAMME),
  SERVICE_OWNER("serviceOwner", TAKE_PART, READ_CITY, ACT_IN_PROGRAMME),
  /// Another city's delegate in the hub.
  CITY_DELEGATE("cityDelegate", TAKE_PART, ACT_IN_PROGRAMME),
  /// Reads everything, the log included; changes nothing.
  AUDITOR("auditor", READ_CITY, AUDIT),
  /// Users and configuration; no programme decisions.
  ADMIN(
      "admin",
      READ_CITY,
      MANAGE_LINKS,
      MANAGE_PEOPLE,
      ENTER_ORGANIZATIONS,
      VERIFY_MEMBERS,
      CONFIGURE,
      AUDIT);

  private final String code;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Set<Power> powers;

  Role(String code, Power... powers) {
    this.code = code;
    this.powers = Set.of(powers);
  }

  /// As the procedures, the API and the records write it, such as `departmentOfficer`.
  public String code() {
    return code;
  }

  public boolean has(Power power) {
    return powers.contains(power);
  }

  public static Optional<Role> find(String code) {
    for (var role : values()) if (role.code.equals(code)) return Optional.of(role);
    return Optional.empty();
  }

  /// @throws Refusal.Invalid when there is no such role
  public static Role of(String code) {
    return find(code)
        .orElseThrow(() ->
            new Refusal.Invalid(
                "there is no role '"
                    + code
                    + "'; the roles are "
                    + String.join(
                        ", ", java.util.Arrays.stream(values()).map(Role::code).toList())));
  }
}
