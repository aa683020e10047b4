package plaza.programme.privacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Address;
import plaza.programme.privacy.Register.Holds;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Finds the records that are about somebody, as the register says where to look.
final class Finder {
  private final Register register;
  private final Dossiers dossiers;

  Finder(Register register, Dossiers dossiers) {
    this.register = register;
    this.dossiers = dossiers;
  }

  /// What the subject opened, follows, was told or counts in.
  List<Dossier> own(Address address, Kind kind, Subject subject) {
    var found = new LinkedHashMap<String, Dossier>();
    var person = subject.person();
    if (person != null)
      for (var field : register.fields(kind, Holds.WHO)) add(found, address, kind, field, person);
    for (var field : register.fields(kind, Holds.TOKEN, Holds.KEY))
      add(found, address, kind, field, subject.key());
    return List.copyOf(found.values());
  }

  /// Where the subject stands in a list of people.
  List<Dossier> naming(Address address, Kind kind, Subject subject) {
    var found = new LinkedHashMap<String, Dossier>();
    for (var field : register.fields(kind, Holds.NAMES))
      for (var entry : subject.entries()) add(found, address, kind, field, entry);
    return List.copyOf(found.values());
  }

  /// What the subject did for the city.
  List<Dossier> done(Address address, Kind kind, Subject subject) {
    var found = new LinkedHashMap<String, Dossier>();
    var person = subject.person();
    if (person != null)
      for (var field : register.fields(kind, Holds.PSEUDONYM))
        add(found, address, kind, field, person);
    return List.copyOf(found.values());
  }

  List<Dossier> all(Address address, Kind kind, String field, String text) {
    return dossiers.list(address, kind, List.of(new Having(field, text)));
  }

  /// The kinds that the register speaks of.
  List<Kind> kinds() {
    var kinds = new ArrayList<Kind>();
    for (var kind : Kind.values()) if (!register.of(kind).isEmpty()) kinds.add(kind);
    return kinds;
  }

  private void add(
      Map<String, Dossier> found, Address address, Kind kind, String field, String text) {
    for (var record : all(address, kind, field, text)) found.put(record.id(), record);
  }
}
