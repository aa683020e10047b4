package plaza.programme;

import java.util.LinkedHashSet;
import java.util.List;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.ledger.Feed;
import plaza.programme.figures.Figure;
import plaza.programme.figures.ProgrammeFigures;
import plaza.programme.figures.Window;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Roles;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.programme.record.RecordFeed;

/// The mayor's figures of every city, and what stands behind them. An answer knows every write that
/// was acknowledged before.
public final class CityFigures {
  private final Dossiers dossiers;
  private final RecordFeed feed;
  private final ProgrammeFigures figures;

  CityFigures(Roles roles, Dossiers dossiers, Feed feed) {
    this.dossiers = dossiers;
    // A reader of their own: lists must not wait until a million supports are read.
    this.feed = new RecordFeed("figures", dossiers, feed);
    this.figures = new ProgrammeFigures(roles);
    this.feed.tell(figures);
  }

  Feed.Following follow(List<Address> tenants) {
    return feed.follow(tenants);
  }

  /// All figures, each with `n` and `window`.
  public Value.Struct of(Address address, Window window) {
    feed.catchUp(address);
    return figures.of(address.tenant(), window);
  }

  /// The records behind a figure, one row each, with what each counts as. Of what is not public
  /// only that it counts.
  public List<Value.Struct> behind(Address address, Figure figure, Window window) {
    feed.catchUp(address);
    return figures.behind(address.tenant(), figure, window);
  }

  /// The collaboration among the members of an innovation cluster, or of all clusters of a place:
  /// the measures, `members`, and `works`, what they did together.
  public Value.Struct within(Caller caller, Kind kind, String id, Window window) {
    var address = caller.address();
    var members = new LinkedHashSet<>(dossiers.get(address, kind, id).texts("organisations"));
    if (kind == Kind.PLACE)
      for (var cluster :
          dossiers.list(address, Kind.INNOVATION_CLUSTER, List.of(new Having("places", id))))
        members.addAll(cluster.texts("organisations"));
    feed.catchUp(address);
    return figures.within(address.tenant(), members, window);
  }
}
