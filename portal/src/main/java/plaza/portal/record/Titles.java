package plaza.portal.record;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.portal.page.Seen;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Standing;

/// What records, organisations and people are called, so that pages need not show ids.
public final class Titles {
  private static final String PERSON = "urn:plaza:person:";

  /// Fields in which a record names itself, the best first.
  private static final List<String> OWN = List.of("title", "name", "areaName", "what");

  /// Fields that name what a record without a title belongs to, the nearest first.
  private static final List<String> ABOUT =
      List.of(
          "indicator",
          "pilot",
          "service",
          "proposal",
          "place",
          "package",
          "need",
          "cluster",
          "challenge",
          "round",
          "subject");

  private final Programme programme;
  private final Supplier<List<Panel.Named>> organisations;
  private final Acquaintance acquaintance;

  /// @param organisations all there are, for their names
  public Titles(
      Programme programme, Supplier<List<Panel.Named>> organisations, Acquaintance acquaintance) {
    this.programme = programme;
    this.organisations = organisations;
    this.acquaintance = acquaintance;
  }

  /// For one answer to somebody: each record is looked up once, with their rights.
  public For to(Caller caller) {
    return new For(caller);
  }

  /// What somebody may know things are called.
  public final class For {
    private final Caller caller;
    private final Map<String, Optional<Seen>> records = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private @Nullable Standing standing;

    private For(Caller caller) {
      this.caller = caller;
    }

    /// A record as a heading or link.
    public String of(Collection collection, Seen record) {
      var own = own(collection, record);
      if (own.isPresent()) return own.get();
      for (var field : ABOUT) {
        var about = record.text(field);
        if (about.isEmpty()) continue;
        var title = Collection.of(about).flatMap(one -> find(one, about).flatMap(r -> own(one, r)));
        if (title.isPresent()) return collection.one() + ": " + title.get();
      }
      return collection.one() + " " + record.slug();
    }

    /// Anything that has an id, in words; the id itself where nothing better is known.
    public String of(String id) {
      return of("", id);
    }

    /// @param field in which the id stands: who may not know a person's name reads what they are
    String of(String field, String id) {
      return find(id)
          .or(() -> id.startsWith(PERSON) ? Optional.of(stranger(field)) : Optional.empty())
          .or(() -> Collection.of(id).map(one -> something(one.one())))
          .orElse(id);
    }

    private static String something(String kind) {
      var word = kind.toLowerCase(Locale.ROOT);
      return ("aeiou".indexOf(word.charAt(0)) < 0 ? "a " : "an ") + word;
    }

    /// What something is called, where the caller may know.
    Optional<String> find(String id) {
      if (id.startsWith(PERSON))
        return acquaintance
            .name(caller, standing(), id)
            .map(name -> id.equals(caller.id()) ? name + " (you)" : name);
      var organisation = organisation(id);
      if (organisation != null) return Optional.of(organisation);
      return Collection.of(id).flatMap(one -> find(one, id).map(record -> of(one, record)));
    }

    private static String stranger(String field) {
      return switch (field) {
        case "panel", "reviewer", "judge" -> "a panel member";
        case "voter", "voters", "by" -> "a member of the board";
        case "author", "reporter", "supporter", "" -> "a resident";
        case "team" -> "a member of the team";
        default -> field.endsWith("By") ? "somebody of the programme" : "a person";
      };
    }

    List<Panel.Named> organisations() {
      return organisations.get();
    }

    /// Who can be put on a panel, as far as the caller may know them.
    List<Panel.Named> panelists() {
      return acquaintance.panelists(caller, standing());
    }

    List<Panel.Named> me() {
      return acquaintance.name(caller, standing(), caller.id()).stream()
          .map(name -> new Panel.Named(caller.id(), name))
          .toList();
    }

    private Standing standing() {
      if (standing == null) standing = programme.standing(caller);
      return standing;
    }

    private Optional<String> own(Collection collection, Seen record) {
      for (var name : OWN) if (!record.text(name).isEmpty()) return record.findText(name);
      if (record.text("amount").isEmpty()) return Optional.empty();
      return Optional.of(
          collection.one() + " of " + record.text("amount") + " " + record.text("currency"));
    }

    /// A record that the caller may see.
    Optional<Seen> find(Collection collection, String id) {
      return records.computeIfAbsent(id, _ -> read(collection, id));
    }

    private Optional<Seen> read(Collection collection, String id) {
      try {
        return Optional.of(new Seen(programme.view(caller, collection.kind(), id)));
      } catch (Refusal.NotFound | Refusal.Forbidden notForThem) {
        return Optional.empty();
      }
    }

    private @Nullable String organisation(String id) {
      if (!id.startsWith("urn:plaza:organization:")) return null;
      if (names.isEmpty()) for (var one : organisations.get()) names.put(one.id(), one.name());
      return names.get(id);
    }
  }
}
