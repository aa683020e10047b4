package plaza.ngsild.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ngsild.context.Context;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.distribute.Inquiry;
import plaza.ngsild.distribute.Passage;
import plaza.ngsild.distribute.Records;
import plaza.ngsild.distribute.When;
import plaza.ngsild.temporal.TemporalQuery;

/// Entities as a query finds them, at context sources too (clauses 5.16.1.4, 5.7.2.4).
public final class FederatedSource implements EntitySource {
  private final Reader reader;
  private final Distributor distributor;
  private final Context core;

  public FederatedSource(Reader reader, Distributor distributor, Context core) {
    this.reader = reader;
    this.distributor = distributor;
    this.core = core;
  }

  @Override
  public void each(Actor actor, Address address, Query query, Predicate<Entity> visitor) {
    if (distributor.isIdle(address.tenant()) || !address.isMain()) {
      reader.each(actor, address, query, visitor);
      return;
    }
    var inquiry = inquiry(actor, address, query);
    var matches = distributor.gathering().sources(inquiry);
    if (matches.isEmpty()) {
      reader.each(actor, address, query, visitor);
      return;
    }
    int step = reader.limits().entitiesPerPage();
    for (int offset = 0; ; offset += step) {
      var found = distributor.gathering().query(inquiry, matches, offset, step, false);
      for (var entity : found.entities()) if (!visitor.test(entity)) return;
      if (!found.more()) return;
    }
  }

  /// Clause 5.7.4.4.
  @Override
  public @Nullable Records past(Actor actor, Address address, Query query, TemporalQuery when) {
    if (distributor.isIdle(address.tenant()) || !address.isMain()) return null;
    boolean filtered = query.condition() != null || query.geo() != null;
    var told =
        distributor
            .recall()
            .query(
                inquiry(actor, address, query),
                new When(when.timerel(), when.span(), filtered ? 0 : when.lastN()));
    return told.records();
  }

  /// Filters are decided here: nobody has written them in words that could be passed on.
  private Inquiry inquiry(Actor actor, Address address, Query query) {
    var passage =
        new Passage(
            address.tenant(), distributor.alias(address.tenant()), List.of(), core, _ -> null);
    return new Inquiry(
        passage, actor, address, query, Map.of(), Set.of(), null, Boolean.TRUE, false, null);
  }
}
