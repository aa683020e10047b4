package plaza.ngsild.subscription;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.subscription.delivery.HttpReceiver;
import plaza.ngsild.subscription.delivery.Timekeeper;
import plaza.outbound.OutboundGuard;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;
import plaza.testkit.TestCity;

/// A city in a process of its own, to be killed. Counts from a number on and says on its standard
/// output what is acknowledged.
public final class CrashingCity {
  private CrashingCity() {}

  /// @param arguments the data folder, the receiver's URL, the first number to write
  public static void main(String[] arguments) throws Exception {
    var store = RocksStore.open(Path.of(arguments[0]), RocksOptions.DEFAULT);
    var feed = new Feed(store);
    var ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, InstantSource.system());
    var contexts = Contexts.builtIn();
    var subscriptions =
        new Subscriptions(
            store,
            ledger,
            new Reader(store, ledger, Policy.OPEN, Limits.DEFAULT),
            feed,
            Policy.OPEN,
            contexts,
            SubscribedCity.noSources(store, ledger),
            List.of(new HttpReceiver(OutboundGuard.ALLOW_PRIVATE)),
            SubscribedCity.LIMITS,
            Timekeeper.SYSTEM,
            new Random());
    subscriptions.start();
    long number = Long.parseLong(arguments[2]);
    if (number == 1)
      subscriptions
          .desk()
          .create(
              SubscribedCity.SUBSCRIBER,
              Address.DEFAULT,
              SubscribedCity.document(arguments[1], SubscribedCity.stations(), ""),
              contexts.core(),
              SubscribedCity.ORIGIN);
    for (; number < 1_000_000; number++) {
      var entity =
          Entity.of(
              TestCity.DAAN,
              TestCity.STATION,
              List.of(Attribute.of(TestCity.BIKES, Value.of(number))));
      ledger.write(
          SubscribedCity.SUBSCRIBER,
          Write.atomic(Address.DEFAULT, new Edit.Append(entity, true, true)));
      System.out.println(number);
      System.out.flush();
    }
  }
}
