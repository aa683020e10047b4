package plaza.programme.publication.ocds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import plaza.graph.Refusal;
import plaza.programme.publication.Archive;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// The contracting processes of a city as packages of releases and of records (OCDS 1.1.5).
public final class OpenContracting {
  /// The profile for public-private partnerships, whose extensions the releases use.
  public static final String PROFILE =
      "https://standard.open-contracting.org/profiles/ppp/extension/1__0__0__beta4/extension.json";

  /// Says where the next page is; declared only where there is one.
  public static final String PAGINATION =
      "https://raw.githubusercontent.com/open-contracting-extensions/ocds_pagination_extension/master/extension.json";

  private static final String PATH = "/api/v1/open-data/ocds/";
  private final Archive archive;
  private final Publisher publisher;

  public OpenContracting(Archive archive, Publisher publisher) {
    this.archive = archive;
    this.publisher = publisher;
  }

  /// The releases of some processes: a page.
  ///
  /// @param after the OCID that the last page ended with; empty at first
  /// @param limit how many processes
  public Sheet releases(String after, int limit) {
    return page("releases", after, limit, process -> Releases.of(process, publisher));
  }

  /// The records of some processes: each with all its releases and the compiled one.
  public Sheet records(String after, int limit) {
    return page("records", after, limit, process -> record(process).stream().toList());
  }

  /// The releases of one process.
  ///
  /// @throws Refusal.NotFound when nothing of it is public
  public Sheet releasesOf(String ocid) {
    var process = process(ocid);
    var releases = Releases.of(process, publisher);
    if (releases.isEmpty()) throw unknown(ocid);
    return packed("releases/" + process.ocid() + ".json", releases).put("releases", releases);
  }

  /// The record of one process.
  ///
  /// @throws Refusal.NotFound when nothing of it is public
  public Sheet recordOf(String ocid) {
    var process = process(ocid);
    var record = record(process).orElseThrow(() -> unknown(ocid));
    return packed("records/" + process.ocid() + ".json", List.of(record))
        .put("records", List.of(record));
  }

  private Optional<Sheet> record(ContractingProcess process) {
    return Releases.compiled(process, publisher)
        .map(compiled ->
            new Sheet()
                .put("ocid", process.ocid())
                .put("releases", Releases.of(process, publisher))
                .put("compiledRelease", compiled));
  }

  private Sheet page(
      String what, String after, int limit, Function<ContractingProcess, List<Sheet>> sheets) {
    var subjects =
        subjects().stream()
            .filter(one -> ocid(one).compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    var shown = subjects.stream().limit(limit).toList();
    var found = new ArrayList<Sheet>();
    for (var subject : shown)
      found.addAll(sheets.apply(ContractingProcess.of(ocid(subject), subject, archive)));
    boolean more = subjects.size() > shown.size();
    var packed = packed(what + ".json", found, more);
    if (more)
      packed.put(
          "links",
          new Sheet()
              .put(
                  "next",
                  publisher.url(
                      PATH + what + ".json?limit=" + limit + "&after=" + ocid(shown.getLast()))));
    return found.isEmpty()
        ? packed.put(what, new plaza.graph.Value.Items(List.of()))
        : packed.put(what, found);
  }

  private Sheet packed(String path, List<Sheet> of) {
    return packed(path, of, false);
  }

  private Sheet packed(String path, List<Sheet> of, boolean paged) {
    return new Sheet()
        .put("uri", publisher.url(PATH + path))
        .put("version", "1.1")
        .put("extensions", paged ? List.of(PROFILE, PAGINATION) : List.of(PROFILE))
        .put("publishedDate", newest(of))
        .put("publisher", new Sheet().put("name", publisher.name()).put("uri", publisher.root()))
        .put("license", publisher.licence())
        .put("publicationPolicy", publisher.url("/open-data"));
  }

  /// When the newest of it was published, so that what did not change reads the same.
  private static String newest(List<Sheet> of) {
    return of.stream()
        .flatMap(one ->
            one.find("compiledRelease").map(Sheet.class::cast).orElse(one).find("date").stream())
        .map(Object::toString)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH.toString());
  }

  /// What processes are about, in the order of their OCIDs.
  private List<Dossier> subjects() {
    var subjects = new ArrayList<>(archive.list(Kind.CHALLENGE));
    for (var pilot : archive.list(Kind.PILOT)) if (isOwn(pilot)) subjects.add(pilot);
    for (var service : archive.list(Kind.SERVICE)) if (isOwn(service)) subjects.add(service);
    subjects.sort(Comparator.comparing(this::ocid));
    return subjects;
  }

  /// Whether it is a process by itself: a pilot without a call, a service without a pilot that
  /// money was raised for.
  private boolean isOwn(Dossier subject) {
    return switch (subject.kind()) {
      case PILOT -> !subject.has("proposal");
      case SERVICE ->
          !subject.has("pilot") && !ContractingProcess.rounds(subject, archive).isEmpty();
      default -> true;
    };
  }

  /// The name that a process keeps: made of the id of its challenge, pilot or service.
  private String ocid(Dossier subject) {
    return head(subject.kind()) + Publisher.local(subject.id());
  }

  private String head(Kind kind) {
    return publisher.ocidPrefix() + "-" + kind.title().toLowerCase(Locale.ROOT) + "-";
  }

  /// Also by the id of the record that it is about.
  private ContractingProcess process(String name) {
    for (var kind : List.of(Kind.CHALLENGE, Kind.PILOT, Kind.SERVICE)) {
      var urn = Ids.id(kind, "");
      var local =
          name.startsWith(head(kind))
              ? name.substring(head(kind).length())
              : name.startsWith(urn) ? name.substring(urn.length()) : null;
      if (local == null) continue;
      return archive
          .find(kind, Ids.id(kind, local))
          .filter(this::isOwn)
          .map(one -> ContractingProcess.of(ocid(one), one, archive))
          .orElseThrow(() -> unknown(name));
    }
    throw unknown(name);
  }

  private static Refusal unknown(String ocid) {
    return new Refusal.NotFound("there is no public contracting process " + ocid);
  }
}
