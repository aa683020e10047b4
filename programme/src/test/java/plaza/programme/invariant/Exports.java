package plaza.programme.invariant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.Publications;
import plaza.programme.publication.Parties;
import plaza.programme.publication.Party;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;

/// All that a city publishes of its programme, as anybody can fetch it.
final class Exports {
  private static final int ALL = 1_000;
  private static final Publisher PUBLISHER =
      new Publisher(
          "Plaza",
          "https://plaza.example",
          Publisher.EXAMPLE_OCID_PREFIX,
          Publisher.EXAMPLE_GIVING_PREFIX,
          Publisher.OPEN_LICENCE,
          "en");

  private final Publications publications;

  Exports(SmallCity city) {
    Parties parties =
        id ->
            city.access
                .organizations()
                .find(id)
                .map(one -> new Party(id, one.name(), one.kind().code(), List.of(), null));
    this.publications = city.programme.publications(parties);
  }

  /// Each export as text, by its name.
  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    texts.put("OCDS records", text(contracting().records("", ALL)));
    texts.put("OCDS releases", text(contracting().releases("", ALL)));
    texts.put("360Giving", text(publications.grants(SmallCity.HERE, PUBLISHER).sheet()));
    texts.put("applications", publications.applications(SmallCity.HERE).rows().toString());
    rows().forEach((name, rows) -> texts.put(name, rows.toString()));
    var chain = new ArrayList<Map<String, Value>>();
    publications.chain(SmallCity.HERE).each(1, chain::add);
    texts.put("chain", chain.toString());
    return texts;
  }

  /// The rows of every data set, by its name.
  Map<String, List<Map<String, Value>>> rows() {
    var rows = new LinkedHashMap<String, List<Map<String, Value>>>();
    var datasets = publications.datasets(SmallCity.HERE);
    for (var one : datasets.list()) {
      var all = new ArrayList<Map<String, Value>>();
      datasets.each(one, all::add);
      rows.put(one.name(), all);
    }
    return rows;
  }

  /// The releases of all contracting processes, by their ids, which say the process too.
  Map<String, Value.Struct> releases() {
    var found = new LinkedHashMap<String, Value.Struct>();
    if (((Value.Struct) Json.parse(text(contracting().releases("", ALL)))).members().get("releases")
        instanceof Value.Items(var items))
      for (var item : items)
        if (item instanceof Value.Struct release)
          found.put(member(release, "ocid") + " " + member(release, "id"), release);
    return found;
  }

  static String member(Value.Struct of, String name) {
    return Optional.ofNullable(of.members().get(name))
        .map(value -> value instanceof Value.Text(var text) ? text : value.toString())
        .orElse("");
  }

  private plaza.programme.publication.ocds.OpenContracting contracting() {
    return publications.contracting(SmallCity.HERE, PUBLISHER);
  }

  private static String text(Sheet sheet) {
    return new String(sheet.bytes(), StandardCharsets.UTF_8);
  }
}
