package plaza.programme.publication.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What there is to fetch, for people and for machines.
public final class Catalogue {
  /// Where all of it is found.
  public static final String BASE = "/api/v1/open-data";

  /// Something published, perhaps in several formats.
  public record Entry(
      String name,
      String title,
      String description,
      String standard,
      List<Distribution> distributions) {}

  /// @param format as people call it
  /// @param path on this server
  public record Distribution(String format, String mediaType, String path) {}

  private Catalogue() {}

  /// Documents in the standards of their field first, then the datasets.
  public static List<Entry> of(Datasets datasets) {
    var entries = new ArrayList<Entry>();
    entries.add(
        new Entry(
            "ocds",
            "Contracts, from the need to the last payment",
            "Every challenge with its bids, awards, pilots and money as open contracting data: one"
                + " release for each public step.",
            "OCDS 1.1.5, OCDS for PPPs",
            List.of(
                json("Releases", "/ocds/releases.json"), json("Records", "/ocds/records.json"))));
    entries.add(
        new Entry(
            "360giving",
            "Grants of money",
            "Who was granted how much by whom, and what was paid of it.",
            "360Giving 1.1",
            List.of(json("JSON", "/360giving.json"))));
    entries.add(
        new Entry(
            "foi",
            "Who applied, and what came of it",
            "The thirteen columns of a freedom-of-information request about all applications.",
            "RFC 4180",
            List.of(
                new Distribution("CSV", "text/csv", BASE + "/foi.csv"),
                json("JSON", "/foi.json"))));
    entries.add(
        entry(
            "chain",
            "The audit chain",
            "Every step of every record, each with the hash of the one before: recompute it. With"
                + " ?challenge= the steps of one challenge and all that came of it."));
    for (var one : datasets.list()) entries.add(entry(one.name(), one.title(), one.description()));
    return entries;
  }

  private static Entry entry(String name, String title, String description) {
    return new Entry(
        name,
        title,
        description,
        "",
        Arrays.stream(Format.values())
            .map(format ->
                new Distribution(
                    format.label(), format.bareType(), BASE + "/" + name + "." + format.suffix()))
            .toList());
  }

  private static Distribution json(String format, String path) {
    return new Distribution(format, "application/json", BASE + path);
  }
}
