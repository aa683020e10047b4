package plaza.portal.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.portal.form.Choices;
import plaza.portal.page.Seen;
import plaza.programme.Programme;
import plaza.programme.directory.Ask;
import plaza.programme.procedure.Caller;

/// Records, organisations and people by name, as one caller may see them.
final class NamedChoices implements Choices {
  /// How many of a kind a page offers; what is older is found by its whole name.
  private static final int MOST = 300;

  private static final String URI = "urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:\\S{1,2000}";

  private final Programme programme;
  private final Caller caller;
  private final Titles.For titles;
  private final Map<String, Map<String, String>> idsByName = new HashMap<>();

  NamedChoices(Programme programme, Caller caller, Titles.For titles) {
    this.programme = programme;
    this.caller = caller;
    this.titles = titles;
  }

  @Override
  public List<String> names(String of) {
    return List.copyOf(ids(of).keySet());
  }

  @Override
  public Optional<String> id(String of, String written) {
    if (written.matches(URI)) return Optional.of(written);
    return Optional.ofNullable(ids(of).get(written))
        .or(() -> alone(ids(of), written))
        .or(() -> Collection.named(of).flatMap(kind -> alone(records(kind, written), written)))
        .or(() -> of.equals("teammate") ? Optional.of(written) : Optional.empty());
  }

  /// Capitals do not matter where only one thing is called so.
  private static Optional<String> alone(Map<String, String> ids, String written) {
    var alike =
        ids.entrySet().stream().filter(one -> one.getKey().equalsIgnoreCase(written)).toList();
    return alike.size() == 1 ? Optional.of(alike.getFirst().getValue()) : Optional.empty();
  }

  @Override
  public String name(String of, String id) {
    for (var one : ids(of).entrySet()) if (one.getValue().equals(id)) return one.getKey();
    var name = titles.find(id).orElse(id);
    return id(of, name).filter(id::equals).isPresent() ? name : id;
  }

  private Map<String, String> ids(String of) {
    return idsByName.computeIfAbsent(of, this::load);
  }

  private Map<String, String> load(String of) {
    return switch (of) {
      case "organisation" -> unique(titles.organisations());
      case "person" -> unique(titles.panelists());
      // Whoever has an account is known by it; the others of a team are written by name.
      case "teammate" -> unique(titles.me());
      default ->
          Collection.named(of)
              .map(kind -> records(kind, ""))
              .orElseThrow(() -> new IllegalArgumentException("nothing is chosen from " + of));
    };
  }

  private Map<String, String> records(Collection collection, String words) {
    var found = new ArrayList<Panel.Named>();
    var ask = new Ask(List.of(), words, null, Ask.Order.NEWEST, 0, MOST);
    for (var view : programme.list(caller, collection.kind(), ask).records()) {
      var record = new Seen(view);
      found.add(new Panel.Named(record.id(), titles.of(collection, record)));
    }
    return unique(found);
  }

  /// Where two are called the same, the end of the id tells them apart.
  private static Map<String, String> unique(List<Panel.Named> all) {
    var often = new HashMap<String, Integer>();
    for (var one : all) often.merge(one.name().strip(), 1, Integer::sum);
    var ids = new LinkedHashMap<String, String>();
    for (var one : all) {
      var name = one.name().strip();
      boolean twice = often.getOrDefault(name, 0) > 1;
      ids.put(twice ? name + " (" + end(one.id()) + ")" : name, one.id());
    }
    return ids;
  }

  private static String end(String id) {
    return id.substring(id.lastIndexOf(':') + 1);
  }
}
