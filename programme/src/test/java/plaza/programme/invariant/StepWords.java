package plaza.programme.invariant;

import static plaza.programme.invariant.SmallCity.ELSEWHERE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What a sensible person sends with each step: mostly what it takes, not always what is allowed.
final class StepWords {
  private static final String HASH = "a".repeat(64);
  private static final String LONG =
      "We looked into this with the people concerned and have to say that it cannot be done for now.";
  private final Chance chance;

  StepWords(Chance chance) {
    this.chance = chance;
  }

  /// @return members of a JSON object, with single quotes
  String of(Dossier record, String action) {
    return switch (record.kind()) {
      case NEED -> need(record, action);
      case NEED_CLUSTER -> cluster(record, action);
      case CHALLENGE -> challenge(record, action);
      case MODERATION_CASE -> moderation(action);
      case SERVICE_REQUEST -> fault(action);
      case PROPOSAL -> proposal(action);
      case REVIEW -> review(action);
      case EXPLORATION -> exploration(record, action);
      case PILOT -> pilot(record, action);
      case DATA_GRANT -> grant(action);
      case BOOKING -> booking(record, action);
      case REGULATORY_CASE -> regulation(record, action);
      case FUNDING_ROUND -> round(record, action);
      case SERVICE -> service(action);
      case REPLICATION -> replication(record, action);
      default -> "";
    };
  }

  private String need(Dossier need, String action) {
    return switch (action) {
      case "reject", "hide" -> "'reasonCode': 'spam'";
      case "refer" -> "'serviceCode': 'lamp', 'address': 'The park'";
      case "acknowledge" -> "'department': '" + chance.organisation("transport", "parks") + "'";
      case "answerMet" -> "'evidence': 'A service runs'";
      case "decline" -> "'publicReason': '" + LONG + "'";
      case "takeUp" -> need.has("cluster") ? "" : reference("challenge", Kind.CHALLENGE);
      default -> "";
    };
  }

  private static String moderation(String action) {
    return switch (action) {
      case "appeal" -> "'appeal': 'It is no spam at all, please read it again'";
      case "uphold", "overturn" -> "'publicReason': 'We have read it again with care'";
      default -> "";
    };
  }

  private String fault(String action) {
    return switch (action) {
      case "accept" -> "'department': '" + chance.organisation("parks") + "'";
      case "update", "close" -> "'statusNotes': 'A new lamp hangs there'";
      case "handOver" -> "'title': 'Light in the park', 'publicReason': 'No lamp was ever there'";
      case "hide" -> "'reasonCode': 'spam'";
      case "restore" -> "'reason': 'It is no spam'";
      case "reopen" -> "'reason': 'It is dark again'";
      default -> "";
    };
  }

  private String cluster(Dossier cluster, String action) {
    return switch (action) {
      case "addNeed" -> reference("need", Kind.NEED);
      case "splitNeed" ->
          chance.find(cluster.texts("needs")).map(id -> "'need': '" + id + "'").orElse("");
      case "takeUp" -> chance.in(50) ? "" : reference("challenge", Kind.CHALLENGE);
      case "dissolve" -> "'reason': 'It was opened twice'";
      default -> "";
    };
  }

  private String reference(String name, Kind kind) {
    return chance.record(kind).map(one -> "'" + name + "': '" + one.id() + "'").orElse("");
  }

  private String challenge(Dossier challenge, String action) {
    return switch (action) {
      case "return" -> "'comment': 'Say more'";
      case "cancel" -> "'publicReason': 'The money is gone'";
      case "extend" -> "'newClosesAt': '" + chance.days(1, 20) + "'";
      case "decide" -> {
        var state = challenge.has("exploration") ? "EXPLORATION" : "SHORTLISTED";
        var ready =
            chance.records.all(Kind.PROPOSAL, "challenge", challenge.id()).stream()
                .filter(one -> one.is(state))
                .map(one -> "'" + one.id() + "'")
                .limit(1 + chance.below(2))
                .collect(Collectors.joining(", "));
        yield "'selected': [" + ready + "], 'deviation': 'It fits the district best'";
      }
      default -> "";
    };
  }

  private static String perCriterion(String name, List<String> more) {
    var rows = new ArrayList<String>();
    for (var criterion : List.of("effect", "cost"))
      rows.add("{'criterion': '" + criterion + "', " + String.join(", ", more) + "}");
    return "'" + name + "': [" + String.join(", ", rows) + "]";
  }

  private static String proposal(String action) {
    return switch (action) {
      case "screenIn" -> "'checklist': [{'item': 'registered here', 'met': true}]";
      case "screenOut" -> "'failedCriterion': 'registered here'";
      case "appeal" -> "'appeal': 'We are registered here'";
      case "upholdAppeal", "dismissAppeal" -> "'reason': 'We looked again'";
      case "notSelect" -> perCriterion("feedback", List.of("'text': 'Others were better'"));
      default -> "";
    };
  }

  private String review(String action) {
    return switch (action) {
      case "declareNoConflict" -> "'declarationSigned': true";
      case "declareConflict" -> "'reason': 'We are friends'";
      case "score", "revise" ->
          perCriterion(
              "scores", List.of("'score': " + chance.below(6), "'comment': 'As they say'"));
      default -> "";
    };
  }

  private String exploration(Dossier exploration, String action) {
    return switch (action) {
      case "handIn" ->
          "'documents': [{'title': 'What we saw', 'url': 'https://wheels.example/r', 'sha256': '%s'}]"
              .formatted(HASH);
      case "pay" -> amount(exploration.text("amount"));
      default -> "";
    };
  }

  private String amount(String whole) {
    var share = new BigDecimal(chance.one("0.25", "0.5", "1", "1.2"));
    return "'amount': '%s'"
        .formatted(
            new BigDecimal(whole)
                .multiply(share)
                .setScale(2, java.math.RoundingMode.HALF_UP)
                .toPlainString());
  }

  private String pilot(Dossier pilot, String action) {
    return switch (action) {
      case "lapse" -> "'partyWithdrew': 'The team has other work'";
      case "suspend" -> "'reason': 'A dock burnt'";
      case "terminate" -> "'reason': 'It cannot go on'";
      case "resume" -> "'causeCleared': 'It was repaired'";
      case "extend", "gateExtend" -> "'newEnd': '" + chance.days(2, 90) + "'";
      case "finish" -> chance.in(70) ? "'earlyFinish': 'We have seen enough'" : "";
      case "gateScale" -> chance.in(80) ? "'overrideReason': 'People want it'" : "";
      case "amendKpi" ->
          chance.find(pilot.texts("indicators")).map(id -> "'indicator': '" + id + "', ").orElse("")
              + "'reason': 'A sensor moved'";
      default -> "";
    };
  }

  private String grant(String action) {
    return switch (action) {
      case "approve" -> "'licence': 'CC0-1.0'";
      case "refuse", "suspend", "revoke" -> "'reason': 'Not like this'";
      default -> "";
    };
  }

  private String booking(Dossier booking, String action) {
    return switch (action) {
      case "reject", "cancel" -> "'reason': 'Rain'";
      case "release" -> chance.in(70) ? "'handback': 'Clean'" : "";
      case "prolong" ->
          "'newEnd': '" + booking.moment("end").plus(Duration.ofHours(chance.below(40))) + "'";
      default -> "";
    };
  }

  private String regulation(Dossier one, String action) {
    return switch (action) {
      case "confirmNoRule" -> "'legalNote': 'Below 250 g none applies'";
      case "requestExemption" ->
          "'rule': 'http://data.europa.eu/eli/reg_impl/2019/947/oj', 'competentAuthority': '%s'"
              .formatted(chance.city.organisation("air"));
      case "grant" ->
          "'end': '%s', 'placeScope': 'The park', 'scaleLimit': 'One', 'conditions': ['By day'],"
                  .formatted(chance.days(1, 60))
              + " 'liabilityCover': 'Insured'"
              + (chance.in(20) ? ", 'start': '" + chance.days(0, 3) + "'" : "");
      case "refuse", "revoke" -> "'reason': 'It fell into the pond'";
      case "renewOnce" ->
          "'newEnd': '" + one.moment("end").plus(Duration.ofDays(chance.below(30))) + "'";
      case "changeRule" -> "'newRule': 'http://data.europa.eu/eli/reg_impl/2026/1/oj'";
      default -> "";
    };
  }

  private String round(Dossier round, String action) {
    return switch (action) {
      case "cancel", "fail" -> "'reason': 'Nobody came'";
      case "commit" ->
          "'organisation': '%s', 'financeType': '%s', 'amount': '%s', 'inKind': %s,"
                  .formatted(
                      chance.organisation("fund", "bank", "bank"),
                      chance.one("grant", "loan"),
                      chance.one("40000.10", "60000", "100.05"),
                      chance.in(15))
              + " 'relatedPartyDeclared': "
              + chance.in(50)
              + (chance.in(20) ? ", 'conditions': ['Our board agrees']" : "");
      case "financialClose" ->
          "'documents': [{'url': 'https://city.example/c', 'signedAt': '%s'}]"
              .formatted(chance.city.now.atZone(ZoneOffset.UTC).toLocalDate());
      case "disburse" -> payment(round);
      case "complete" -> chance.in(70) ? "'residualReleased': 'The rest is not needed'" : "";
      default -> "";
    };
  }

  private String payment(Dossier round) {
    var from = chance.find(chance.records.all(Kind.COMMITMENT, "round", round.id()));
    if (from.isEmpty()) return "";
    var tranche =
        chance
            .find(chance.records.all(Kind.TRANCHE, "round", round.id()))
            .map(one -> ", 'tranche': '" + one.id() + "'")
            .orElse("");
    return "'commitment': '"
        + from.get().id()
        + "', "
        + amount(from.get().text("amount"))
        + tranche;
  }

  private String service(String action) {
    return switch (action) {
      case "abandon", "suspend" -> "'reason': 'It does not work'";
      case "sunset" -> "'publicReason': 'Another one is better'";
      case "renew" -> chance.in(80) ? "'overrideReason': 'People want it'" : "";
      case "revive" -> "'newOwner': '" + chance.organisation("wheels", "motors") + "'";
      default -> "";
    };
  }

  private String replication(Dossier replication, String action) {
    return switch (action) {
      case "assess" ->
          "'packageDigest': '"
              + chance
                  .records
                  .get(Kind.SOLUTION_PACKAGE, replication.text("package"))
                  .text("digest")
              + "'";
      case "abandon" -> "'reason': 'No time'";
      case "adapt" -> "'agreement': 'By letter'";
      case "deploy" -> "'localService': '" + ELSEWHERE + "/services/theirs'";
      default -> "";
    };
  }
}
