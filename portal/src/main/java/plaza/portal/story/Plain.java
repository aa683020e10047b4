package plaza.portal.story;

import java.util.Locale;
import java.util.Map;

/// States, steps, roles and fields of the programme as people say them.
public final class Plain {
  private static final Map<String, String> NEEDS =
      Map.of(
          "SUBMITTED", "Waiting to be read by a moderator",
          "PUBLISHED", "Open: others can support it",
          "ACKNOWLEDGED", "A department is looking into it",
          "IN_PROGRAMME", "Taken up: a challenge or pilot works on it",
          "MET", "Met",
          "DECLINED", "Declined, with a reason",
          "WITHDRAWN", "Withdrawn by its author",
          "REFERRED", "Passed on as a fault to be repaired",
          "REJECTED", "Not published");

  private static final Map<String, String> PILOTS =
      Map.of(
          "PREPARING", "Being prepared",
          "READY", "Ready to start",
          "ACTIVE", "Running on live data",
          "SUSPENDED", "Paused",
          "EVALUATING", "Measured; the board decides next",
          "SCALED", "Became a service",
          "STOPPED", "Stopped",
          "CLOSED", "Closed",
          "LAPSED", "Never started");

  private static final Map<String, String> GRANTS =
      Map.of(
          "REQUESTED", "Asked for",
          "UNDER_REVIEW", "Being reviewed",
          "APPROVED", "Approved; opens when the pilot starts",
          "ACTIVE", "Open",
          "SUSPENDED", "Paused",
          "REFUSED", "Refused",
          "EXPIRED", "Ended",
          "REVOKED", "Withdrawn");

  private static final Map<String, String> BOOKINGS =
      Map.of(
          "REQUESTED", "Asked for",
          "CONFIRMED", "Confirmed",
          "IN_USE", "In use",
          "RELEASED", "Handed back",
          "REJECTED", "Refused",
          "CANCELLED", "Cancelled",
          "NO_SHOW", "Nobody came");

  private static final Map<String, String> VERDICTS =
      Map.of(
          "MET", "Target met",
          "NOT_MET", "Target not met",
          "INCONCLUSIVE", "Inconclusive");

  /// By kind and action, as the audit chain names them.
  private static final Map<String, String> STEPS =
      Map.ofEntries(
          Map.entry("Need submit", "Someone said what they need"),
          Map.entry("Need publish", "Published for everyone to see and support"),
          Map.entry("Need reject", "Not published"),
          Map.entry("Need refer", "Passed on as a fault to be repaired"),
          Map.entry("Need hide", "Taken back for another look"),
          Map.entry("Need reinstate", "Published after an appeal"),
          Map.entry("ModerationCase open", "A moderator decided against it"),
          Map.entry("ModerationCase appeal", "The author appealed"),
          Map.entry("ModerationCase uphold", "The decision stands"),
          Map.entry("ModerationCase overturn", "The decision was overturned"),
          Map.entry("Need withdraw", "Withdrawn by its author"),
          Map.entry("Need acknowledge", "A department acknowledged it"),
          Map.entry("Need takeUp", "Taken up by the programme"),
          Map.entry("Need answerMet", "The department answered: it is met"),
          Map.entry("Need decline", "Declined, with a reason"),
          Map.entry("Need resolve", "Resolved"),
          Map.entry("Need release", "Back with the department"),
          Map.entry("Need contest", "The answer was contested"),
          Map.entry("NeedCluster open", "Similar needs were put side by side"),
          Map.entry("NeedCluster addNeed", "A need joined the cluster"),
          Map.entry("NeedCluster splitNeed", "A need left the cluster"),
          Map.entry("NeedCluster takeUp", "The cluster became the subject of a challenge"),
          Map.entry("NeedCluster resolve", "The cluster was resolved"),
          Map.entry("ServiceRequest report", "The fault was reported"),
          Map.entry("ServiceRequest accept", "The department took it on"),
          Map.entry("ServiceRequest update", "The department told how it stands"),
          Map.entry("ServiceRequest close", "Closed by the department"),
          Map.entry("ServiceRequest withdraw", "Taken back by who reported it"),
          Map.entry("ServiceRequest reopen", "Opened again"),
          Map.entry("ServiceRequest handOver", "Handed to the programme as a need"),
          Map.entry("Challenge draft", "A challenge was drafted"),
          Map.entry("Challenge submitForReview", "The challenge went to review"),
          Map.entry("Challenge approve", "The board approved the challenge"),
          Map.entry("Challenge open", "The call opened"),
          Map.entry("Challenge close", "The call closed"),
          Map.entry("Challenge startEvaluation", "The panel began to read the proposals"),
          Map.entry("Challenge decide", "The board chose"),
          Map.entry("Challenge complete", "The challenge was completed"),
          Map.entry("Challenge cancel", "The challenge was cancelled"),
          Map.entry("Pilot open", "The pilot was opened"),
          Map.entry("Pilot signForCity", "The city signed the agreement"),
          Map.entry("Pilot signForPartner", "The partner signed the agreement"),
          Map.entry("Pilot makeReady", "Everything was in place"),
          Map.entry("Pilot start", "The pilot started; its key began to work"),
          Map.entry("Pilot suspend", "Paused"),
          Map.entry("Pilot resume", "Resumed"),
          Map.entry("Pilot extend", "Extended"),
          Map.entry("Pilot finish", "The measurement ended; the data gave the verdict"),
          Map.entry("Pilot gateScale", "The board decided: make it a service"),
          Map.entry("Pilot gateExtend", "The board decided: measure longer"),
          Map.entry("Pilot gateStop", "The board decided: stop"),
          Map.entry("Pilot gateClose", "The board closed the pilot"),
          Map.entry("Pilot terminate", "Ended early"),
          Map.entry("Pilot lapse", "Never became ready"),
          Map.entry("Indicator define", "What success means was written down"),
          Map.entry("Indicator lock", "The definition of success was locked"),
          Map.entry("Indicator freezeBaseline", "The baseline was measured and frozen"),
          Map.entry("DataGrant request", "Data were asked for"),
          Map.entry("DataGrant approve", "The data steward approved the grant"),
          Map.entry("DataGrant activate", "The grant opened"),
          Map.entry("DataGrant revoke", "The grant was withdrawn"),
          Map.entry("DataGrant expire", "The grant ended"),
          Map.entry("Booking request", "A place was asked for"),
          Map.entry("Booking confirm", "The booking was confirmed"),
          Map.entry("Booking reject", "The booking was refused, with a reason"),
          Map.entry("Booking cancel", "The booking was cancelled"),
          Map.entry("Booking startUse", "Its use began"),
          Map.entry("Booking release", "It was handed back"),
          Map.entry("Booking noShow", "Nobody came; it was given to others"),
          Map.entry("Booking prolong", "The booking was prolonged"),
          Map.entry("Booking dismantled", "The field was left as it was found"),
          Map.entry("RegulatoryCase raise", "Somebody asked whether a rule stands in the way"),
          Map.entry("RegulatoryCase startConfirmation", "The officer began to look at it"),
          Map.entry("RegulatoryCase confirmNoRule", "No rule stands in the way"),
          Map.entry("RegulatoryCase requestExemption", "An exemption was asked for"),
          Map.entry("RegulatoryCase grant", "The exemption was granted"),
          Map.entry("RegulatoryCase refuse", "The exemption was refused"),
          Map.entry("RegulatoryCase renewOnce", "The exemption was renewed"),
          Map.entry("RegulatoryCase revoke", "The exemption was revoked; its pilot pauses"),
          Map.entry("RegulatoryCase expire", "The exemption ended; its pilot pauses"),
          Map.entry("RegulatoryCase changeRule", "The rule itself was changed"),
          Map.entry("GateDecision open", "A gate was opened for the board"),
          Map.entry("FundingRound open", "A funding round opened"),
          Map.entry("FundingRound commercialClose", "Enough was committed"),
          Map.entry("FundingRound financialClose", "The money was closed"),
          Map.entry("FundingRound fail", "The round failed"),
          Map.entry("FundingRound complete", "The round was completed"),
          Map.entry("Service launch", "The service was launched"),
          Map.entry("Service suspend", "The service was paused"),
          Map.entry("Service resume", "The service went on"),
          Map.entry("Service renewalDue", "Its renewal came due; its use was counted"),
          Map.entry("Service renew", "The board renewed it"),
          Map.entry("Service sunset", "Its end was announced"),
          Map.entry("Service revive", "Somebody took it over"),
          Map.entry("Service retire", "The service was retired"),
          Map.entry("Replication assess", "Another city's data were compared with its needs"),
          Map.entry("Replication deploy", "It was deployed in another city"),
          Map.entry("Replication confirm", "Its users there stayed"),
          Map.entry("Evaluation publish", "The evaluation was published"),
          Map.entry("Lesson learn", "A lesson was written down"));

  /// Steps that a record's own page tells, and the whole story leaves out.
  private static final Map<String, String> CLERKS =
      Map.ofEntries(
          Map.entry("Proposal draft", "A proposal was begun"),
          Map.entry("Proposal submit", "The proposal was sent and sealed"),
          Map.entry("Proposal screenIn", "It may take part"),
          Map.entry("Proposal screenOut", "It may not take part, with a reason"),
          Map.entry("Proposal shortlist", "The board put it on the short list"),
          Map.entry("Proposal select", "The board chose it"),
          Map.entry("Proposal notSelect", "The board chose another"),
          Map.entry("Proposal withdraw", "Withdrawn by its team"),
          Map.entry("Review declareNoConflict", "The reviewer declared no conflict"),
          Map.entry("Review declareConflict", "The reviewer declared a conflict"),
          Map.entry("Review autoRecuse", "The records tie the reviewer to it; another reads it"),
          Map.entry("Review score", "The reviewer gave scores"),
          Map.entry("Review finalise", "The scores became final"),
          Map.entry("DataGrant review", "The data steward began to look at it"),
          Map.entry("DataGrant refuse", "The data steward refused it"),
          Map.entry("GateDecision vote", "A member of the board voted"),
          Map.entry("FundingRound plan", "The round was planned"),
          Map.entry("FundingRound commit", "Somebody committed money"),
          Map.entry("FundingRound disburse", "Money was paid out"),
          Map.entry("Service draft", "The service was described"));

  private static final Map<String, String> FIELDS =
      Map.of(
          "GOV", "Government",
          "SEC", "Safety",
          "BLD", "Housing and buildings",
          "TRA", "Getting around",
          "EDU", "Learning",
          "HEA", "Health and care",
          "ENV", "Environment",
          "ECO", "Work and trade");

  private static final Map<String, String> REASONS =
      Map.of(
          "offTopic", "it is not something the city can do",
          "personalData", "it tells who somebody is or how to reach them",
          "offensive", "it hurts somebody",
          "spam", "it advertises or repeats",
          "notInCity", "it is about another place",
          "duplicate", "the same was said already");

  private Plain() {}

  /// Why a moderator decided against something.
  public static String reason(String code) {
    return REASONS.getOrDefault(code, spaced(code));
  }

  public static String need(String state) {
    return NEEDS.getOrDefault(state, spaced(state));
  }

  public static String pilot(String state) {
    return PILOTS.getOrDefault(state, spaced(state));
  }

  public static String grant(String state) {
    return GRANTS.getOrDefault(state, spaced(state));
  }

  public static String booking(String state) {
    return BOOKINGS.getOrDefault(state, spaced(state));
  }

  public static String verdict(String verdict) {
    return verdict.isEmpty() ? "No verdict yet" : VERDICTS.getOrDefault(verdict, spaced(verdict));
  }

  public static String field(String code) {
    return FIELDS.getOrDefault(code, code);
  }

  /// All fields by code, in the order people look for them.
  public static Map<String, String> fields() {
    var fields = new java.util.LinkedHashMap<String, String>();
    for (var code : new String[] {"TRA", "ENV", "HEA", "SEC", "BLD", "EDU", "ECO", "GOV"})
      fields.put(code, field(code));
    return fields;
  }

  /// Whether a step is worth telling; clerks' steps are left to the audit record.
  static boolean tells(String kind, String action) {
    return STEPS.containsKey(kind + " " + action);
  }

  public static String step(String kind, String action) {
    var told = STEPS.get(kind + " " + action);
    if (told == null) told = CLERKS.get(kind + " " + action);
    return told != null ? told : words(kind) + ": " + words(action).toLowerCase(Locale.ROOT);
  }

  /// `programmeBoard` as `programme board`; what Plaza did itself as such.
  public static String role(String role) {
    if (role.isEmpty()) return "";
    if (role.startsWith("system")) return "Plaza, by itself";
    return switch (role) {
      case "pmo" -> "programme office";
      case "dataSteward" -> "data steward";
      default -> spaced(role).toLowerCase(Locale.ROOT);
    };
  }

  /// The colour of a state's tag.
  public static String tone(String state) {
    return switch (state) {
      case "MET", "SCALED", "ACTIVE", "RESOLVED" -> "good";
      case "DECLINED", "REJECTED", "STOPPED", "REVOKED", "REFUSED", "NOT_MET", "LAPSED" -> "warm";
      default -> "brand";
    };
  }

  /// The last part of an expanded name.
  public static String local(String name) {
    return name.substring(
        1
            + Math.max(
                name.lastIndexOf('#'), Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'))));
  }

  /// A step, state or field as a heading: `submitForReview` as `Submit for review`.
  public static String words(String name) {
    var text = spaced(name).toLowerCase(Locale.ROOT);
    return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String spaced(String word) {
    var text = word.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('_', ' ');
    return text.equals(text.toUpperCase(Locale.ROOT)) ? text.toLowerCase(Locale.ROOT) : text;
  }
}
