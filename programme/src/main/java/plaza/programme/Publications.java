package plaza.programme;

import plaza.graph.Address;
import plaza.programme.publication.Archive;
import plaza.programme.publication.Parties;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.foi.Applications;
import plaza.programme.publication.ocds.OpenContracting;
import plaza.programme.record.Dossiers;

/// What a city publishes of its programme for everybody, in the standards of its field.
public final class Publications {
  private final Dossiers dossiers;
  private final Parties parties;

  Publications(Dossiers dossiers, Parties parties) {
    this.dossiers = dossiers;
    this.parties = parties;
  }

  private Archive archive(Address address) {
    return new Archive(address, dossiers, parties);
  }

  /// As OCDS releases and records.
  public OpenContracting contracting(Address address, Publisher publisher) {
    return new OpenContracting(archive(address), publisher);
  }

  /// Who applied to what, for those who ask for it.
  public Applications applications(Address address) {
    return new Applications(archive(address));
  }
}
