package plaza.programme.publication.foi;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import plaza.graph.Value;
import plaza.programme.publication.Archive;
import plaza.programme.publication.Event;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// One row for each application to a decided call, and for each pilot without a call.
///
/// Applicants are organisations. Of a proposal that never passed the screening nothing but its
/// applicant and the stage is told; of an open call nothing at all; what was sealed stays sealed.
public final class Applications {
  /// In the order in which they are written; a cell that nothing is known of is empty.
  public static final List<String> COLUMNS =
      List.of(
          "applicant",
          "registration number",
          "address",
          "round",
          "sponsor",
          "challenge",
          "solution",
          "stage reached",
          "agreement signed",
          "agreement value",
          "further agreements",
          "further agreement values",
          "in use now");

  private static final String[] DECIDED = {"DECIDED", "COMPLETED", "UNSUCCESSFUL"};
  private static final String[] TOOK_PART = {
    "ELIGIBLE", "SHORTLISTED", "EXPLORATION", "SELECTED", "NOT_SELECTED", "INELIGIBLE", "APPEALED"
  };
  private static final String[] IN_USE = {"LIVE", "RENEWAL_DUE", "SUNSETTING"};

  private final Archive archive;

  public Applications(Archive archive) {
    this.archive = archive;
  }

  /// The rows, oldest call first; each has all [#COLUMNS].
  public List<Map<String, String>> rows() {
    var rows = new ArrayList<Map<String, String>>();
    for (var call : archive.list(Kind.CHALLENGE))
      if (call.is(DECIDED))
        for (var proposal :
            archive.listConcealed(Kind.PROPOSAL, new Having("challenge", call.id())))
          if (proposal.is(TOOK_PART)) rows.add(row(call, proposal));
    for (var pilot : archive.list(Kind.PILOT)) if (!pilot.has("proposal")) rows.add(direct(pilot));
    return rows;
  }

  private Map<String, String> row(Dossier call, Dossier proposal) {
    var row = empty();
    applicant(row, proposal.text("organisation"));
    row.put("round", round(call));
    call.findText("sponsor").ifPresent(id -> row.put("sponsor", archive.parties().get(id).name()));
    row.put("challenge", call.findText("title").orElse(""));
    if (!proposal.is("INELIGIBLE", "APPEALED"))
      row.put("solution", proposal.findText("title").orElse(""));
    row.put("stage reached", stage(proposal));
    archive.list(Kind.PILOT, new Having("proposal", proposal.id())).stream()
        .findFirst()
        .ifPresent(pilot -> outcome(row, pilot));
    return row;
  }

  private Map<String, String> direct(Dossier pilot) {
    var row = empty();
    applicant(row, pilot.text("organisation"));
    row.put("round", "without a call");
    pilot
        .findText("department")
        .ifPresent(id -> row.put("sponsor", archive.parties().get(id).name()));
    row.put("solution", pilot.findText("title").orElse(""));
    outcome(row, pilot);
    return row;
  }

  private static Map<String, String> empty() {
    var row = new LinkedHashMap<String, String>();
    for (var column : COLUMNS) row.put(column, "");
    row.put("agreement signed", "no");
    row.put("in use now", "no");
    return row;
  }

  private void applicant(Map<String, String> row, String organisation) {
    var party = archive.parties().get(organisation);
    row.put("applicant", party.name());
    row.put("registration number", party.registrationNumber().orElse(""));
    row.put("address", Optional.ofNullable(party.address()).orElse(""));
  }

  /// The days on which the call was open.
  private static String round(Dossier call) {
    return Stream.of("opensAt", "closesAt")
        .flatMap(field -> call.findMoment(field).stream())
        .map(Applications::day)
        .collect(Collectors.joining(" to "));
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 10);
  }

  /// Of one that was not selected, how far it came before.
  private String stage(Dossier proposal) {
    var state = proposal.is("APPEALED") ? "INELIGIBLE" : proposal.state();
    if (state.equals("NOT_SELECTED"))
      state =
          archive.history(proposal).stream()
              .filter(event -> event.is("notSelect"))
              .map(Event::from)
              .reduce((_, last) -> last)
              .orElse(state);
    return words(state);
  }

  private static String words(String state) {
    return state.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void outcome(Map<String, String> row, Dossier pilot) {
    row.put("stage reached", "pilot: " + words(pilot.state()));
    signedAt(pilot).ifPresent(at -> row.put("agreement signed", day(at)));
    row.put(
        "agreement value",
        value(archive.list(Kind.FUNDING_ROUND, new Having("pilot", pilot.id())).stream()));
    var services = archive.list(Kind.SERVICE, new Having("pilot", pilot.id()));
    row.put(
        "further agreements",
        services.stream()
            .flatMap(one -> one.findText("title").stream())
            .collect(Collectors.joining("; ")));
    row.put(
        "further agreement values",
        value(
            services.stream()
                .flatMap(one ->
                    archive.list(Kind.FUNDING_ROUND, new Having("service", one.id())).stream())));
    row.put("in use now", services.stream().anyMatch(one -> one.is(IN_USE)) ? "yes" : "no");
  }

  private static Optional<Instant> signedAt(Dossier pilot) {
    return Stream.of("cityConsent", "partnerConsent")
        .flatMap(field -> pilot.findStruct(field).stream())
        .map(consent -> consent.members().get("at"))
        .filter(Value.Text.class::isInstance)
        .map(at -> Instant.parse(((Value.Text) at).text()))
        .max(Comparator.naturalOrder());
  }

  /// What was financially closed in cash, currency by currency; they are never added up.
  private static String value(Stream<Dossier> rounds) {
    var sums = new TreeMap<String, BigDecimal>();
    rounds
        .filter(round -> round.has("financialCloseAt"))
        .forEach(round ->
            sums.merge(
                round.findText("currency").orElse(""),
                round.findText("committed").map(BigDecimal::new).orElse(BigDecimal.ZERO),
                BigDecimal::add));
    return sums.entrySet().stream()
        .map(sum -> sum.getValue().toPlainString() + " " + sum.getKey())
        .collect(Collectors.joining("; "));
  }
}
