package plaza.programme.publication.ocds;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;

/// Teams that were paid to explore before one was selected: an award and a contract each.
final class Explorations {
  private final Publisher publisher;
  private final Moment moment;
  private final Cast cast;

  Explorations(Publisher publisher, Moment moment, Cast cast) {
    this.publisher = publisher;
    this.moment = moment;
    this.cast = cast;
  }

  List<Sheet> awards() {
    return moment.explorations().stream().map(this::award).toList();
  }

  private Sheet award(Dossier exploration) {
    return new Sheet()
        .put("id", awardId(exploration))
        .put("title", exploration.findText("title"))
        .put("status", "active")
        .put("date", moment.first(exploration, "start"))
        .put("value", value(exploration))
        .put("suppliers", cast.refer(exploration.texts("organisation"), "supplier"))
        .put("contractPeriod", period(exploration))
        .put(
            "relatedBid",
            moment.isDecided() ? exploration.findText("proposal").map(Publisher::local) : null);
  }

  private static String awardId(Dossier exploration) {
    return Publisher.local(exploration.id()) + "-award";
  }

  private static Sheet value(Dossier exploration) {
    return Values.money(Values.amount(exploration), exploration.findText("currency").orElse(""));
  }

  private static Sheet period(Dossier exploration) {
    return new Sheet()
        .put("startDate", exploration.findMoment("startedAt"))
        .put("endDate", exploration.findMoment("endDate"));
  }

  List<Sheet> contracts() {
    return moment.explorations().stream().map(this::contract).toList();
  }

  private Sheet contract(Dossier exploration) {
    return new Sheet()
        .put("id", Publisher.local(exploration.id()))
        .put("awardID", awardId(exploration))
        .put("title", exploration.findText("title"))
        .put("status", exploration.is("ENDED") ? "terminated" : "active")
        .put("period", period(exploration))
        .put("value", value(exploration))
        .put("dateSigned", Contracts.signedAt(exploration))
        .put(
            "documents",
            List.of(
                new Sheet()
                    .put("id", "page")
                    .put("documentType", "contractSummary")
                    .put("title", "What was agreed, on a page")
                    .put("url", publisher.record("explorations", exploration.id()))
                    .put("format", "text/html")
                    .put("language", publisher.language())))
        .put(
            "implementation",
            new Sheet()
                .put("transactions", transactions(exploration))
                .put("milestones", milestones(exploration)));
  }

  private List<Sheet> transactions(Dossier exploration) {
    var transactions = new ArrayList<Sheet>();
    var id = Publisher.local(exploration.id());
    for (var one : exploration.items("payments"))
      if (one instanceof Value.Struct(Map<String, Value> payment))
        transactions.add(
            new Sheet()
                .put("id", id + "-" + (transactions.size() + 1))
                .put(
                    "date",
                    Optional.of(Values.text(payment, "paidAt"))
                        .filter(text -> !text.isEmpty())
                        .map(Instant::parse))
                .put(
                    "value",
                    Values.money(
                        new BigDecimal(Values.text(payment, "amount")),
                        Values.text(payment, "currency")))
                .put(
                    "payer",
                    exploration.findText("department").map(party -> cast.refer(party, "payer")))
                .put(
                    "payee",
                    exploration.findText("organisation").map(party -> cast.refer(party, "payee"))));
    return transactions;
  }

  private static List<Sheet> milestones(Dossier exploration) {
    var met = exploration.findMoment("handedInAt");
    return List.of(
        new Sheet()
            .put("id", "output")
            .put("title", "Output of the exploration")
            .put("type", "delivery")
            .put("dueDate", exploration.findMoment("endDate"))
            .put("dateMet", met)
            .put(
                "status",
                met.isPresent() ? "met" : exploration.is("ENDED") ? "notMet" : "scheduled"));
  }
}
