package plaza.programme;

import java.time.Instant;
import java.util.Optional;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.procedure.AuditChain;
import plaza.programme.publication.Archive;
import plaza.programme.publication.Parties;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.dataset.Chain;
import plaza.programme.publication.dataset.Datasets;
import plaza.programme.publication.foi.Applications;
import plaza.programme.publication.giving.Grants;
import plaza.programme.publication.ocds.OpenContracting;
import plaza.programme.record.Dossiers;
import plaza.programme.usage.UsageMeter;

/// What a city publishes of its programme for everybody, in the standards of its field.
public final class Publications {
  private final Dossiers dossiers;
  private final Parties parties;
  private final UsageMeter usage;

  Publications(Dossiers dossiers, Parties parties, UsageMeter usage) {
    this.dossiers = dossiers;
    this.parties = parties;
    this.usage = usage;
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

  /// Grants of money as 360Giving data.
  public Grants grants(Address address, Publisher publisher) {
    return new Grants(archive(address), publisher);
  }

  /// The records of the city, kind by kind.
  public Datasets datasets(Address address) {
    return new Datasets(
        archive(address),
        service ->
            usage
                .use(address, service)
                .toValue()
                .members()
                .getOrDefault("monthlyActiveUsers", Value.Null.VALUE));
  }

  /// The audit chain as anybody may have it.
  public Chain chain(Address address) {
    return new Chain(address, dossiers, archive(address));
  }

  /// When something was last done; empty in a city where nothing was.
  public Optional<Instant> updated(Address address) {
    return new AuditChain(dossiers).last(address).map(link -> link.moment("at"));
  }
}
