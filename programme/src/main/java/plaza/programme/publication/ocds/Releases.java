package plaza.programme.publication.ocds;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import plaza.programme.publication.Event;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;

/// Writes the releases of a process: one for each public step, with the whole process as it was
/// then, and the compiled release with how it is.
final class Releases {
  private Releases() {}

  static List<Sheet> of(ContractingProcess process, Publisher publisher) {
    return process.steps().stream()
        .map(step -> release(process, publisher, step.event(), step.tags()))
        .toList();
  }

  /// Empty while nothing is public.
  static Optional<Sheet> compiled(ContractingProcess process, Publisher publisher) {
    return process.steps().stream()
        .reduce((_, last) -> last)
        .map(last -> release(process, publisher, last.event(), List.of("compiled")));
  }

  private static Sheet release(
      ContractingProcess process, Publisher publisher, Event event, List<String> tags) {
    boolean compiled = tags.contains("compiled");
    var moment = process.after(event);
    var cast = new Cast(process.archive().parties());
    var body = body(publisher, moment, cast);
    var release =
        new Sheet()
            .put("ocid", process.ocid())
            .put("id", process.releaseId(event) + (compiled ? "-compiled" : ""))
            .put("date", event.at())
            .put("tag", tags)
            .put("initiationType", "tender")
            .put("language", publisher.language())
            .put("parties", cast.sheets());
    for (var section : SECTIONS) release.put(section, body.find(section).orElse(null));
    return release;
  }

  private static final List<String> SECTIONS =
      List.of("buyer", "planning", "tender", "bids", "awards", "contracts", "relatedProcesses");

  private static Sheet body(Publisher publisher, Moment moment, Cast cast) {
    var tender = new Tender(publisher, moment, cast);
    var contracts = new Contracts(publisher, moment, cast);
    var explorations = new Explorations(publisher, moment, cast);
    var pilots = moment.pilots();
    var body = new Sheet();
    var call = moment.challenge();
    if (call.isPresent())
      body.put("buyer", call.get().findText("sponsor").map(id -> cast.refer(id, "buyer")))
          .put("planning", tender.planning(call.get()))
          .put("tender", tender.tender(call.get()))
          .put("bids", tender.bids())
          .put("awards", joined(explorations.awards(), contracts.awards(call.get())));
    else if (!pilots.isEmpty()) {
      var pilot = pilots.getFirst();
      body.put("buyer", pilot.findText("department").map(id -> cast.refer(id, "buyer")))
          .put("planning", new Sheet().put("rationale", pilot.findText("summary")))
          .put("tender", tender.direct(pilot))
          .put("awards", contracts.awards(pilots));
    }
    return body.put(
        "contracts",
        joined(explorations.contracts(), pilots.stream().map(contracts::contract).toList()));
  }

  private static List<Sheet> joined(List<Sheet> some, List<Sheet> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
