package plaza.access.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.testkit.MemoryStore;

class QuotasTest {
  private static final String VANS = Names.PILOTS + "vans#";
  private static final Actor PILOT = Actor.of("urn:plaza:key:vans");

  private Instant now = Instant.parse("2026-06-01T08:00:00Z");
  private final Quotas quotas =
      new Quotas(new QuotaLimits(20, 5, 2_000), QuotaLimits.DEFAULT, () -> now);
  private final Policy policy =
      (actor, address) ->
          actor.room() == null
              ? new Policy.Rights(Sight.CITY, Sight.CITY, quotas.ofNamespace(address, VANS))
              : Policy.Rights.EVERYTHING;
  private final MemoryStore store = new MemoryStore();
  private final Feed feed = new Feed(store);
  private final Ledger ledger = new Ledger(store, policy, feed, Limits.DEFAULT, () -> now);
  private final Reader reader = new Reader(store, ledger, policy, Limits.DEFAULT);

  {
    quotas.open(reader);
  }

  @AfterEach
  void close() {
    feed.close();
    ledger.close();
  }

  @Test
  void soManyEntitiesAndNoMore() {
    for (int i = 0; i < 20; i++) {
      create(i);
      now = now.plusSeconds(1);
    }

    assertThatThrownBy(() -> create(20))
        .isInstanceOf(Refusal.TooMany.class)
        .hasMessageContaining("holds 20 entities and may hold 20");
    write(new Edit.Put(van(3))); // is there already
    write(new Edit.Delete(van(3).id()));
    create(20);
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void whatOthersTookAwayMakesRoomAgain() {
    for (int i = 0; i < 20; i++) {
      create(i);
      now = now.plusSeconds(1);
    }
    ledger.write(Actor.SYSTEM, Write.atomic(Address.DEFAULT, new Edit.Delete(van(0).id())));
    now = now.plusSeconds(10);

    create(20);
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void whatIsThereAtTheStartCounts() {
    for (int i = 0; i < 20; i++)
      ledger.write(Actor.SYSTEM, Write.atomic(Address.DEFAULT, new Edit.Create(van(i))));

    assertThatThrownBy(() -> create(20)).isInstanceOf(Refusal.TooMany.class);
  }

  @Test
  void manyAtOnceDoNotPassTheLimitTogether() throws Exception {
    var refused = new AtomicInteger();
    try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 45; i++) {
        int number = i;
        var _ =
            many.submit(() -> {
              try {
                create(number);
              } catch (Refusal.TooMany _) {
                refused.incrementAndGet();
              }
            });
      }
    }
    assertThat(count()).isEqualTo(20);
    assertThat(refused.get()).isEqualTo(25);
  }

  @Test
  void tooFastIsRefusedWithTheTimeToWait() {
    for (int i = 0; i < 50; i++) write(new Edit.Put(van(0)));

    assertThatThrownBy(() -> write(new Edit.Put(van(0))))
        .isInstanceOf(Refusal.TooMany.class)
        .hasMessageContaining("takes 5 entities a second; send these 1 again in 1 s");
    now = now.plusSeconds(1);
    for (int i = 0; i < 5; i++) write(new Edit.Put(van(0)));
    assertThatThrownBy(() -> write(new Edit.Put(van(0)))).isInstanceOf(Refusal.TooMany.class);
  }

  @Test
  void aBatchBeyondTheBurstIsToldSo() {
    var edits = new ArrayList<Edit>();
    for (int i = 0; i < 51; i++) edits.add(new Edit.Put(van(i % 3)));

    assertThatThrownBy(() -> ledger.write(PILOT, Write.each(Address.DEFAULT, edits)))
        .isInstanceOf(Refusal.TooMany.class)
        .hasMessageContaining("takes 50 entities at once, not 51");
  }

  @Test
  void anEntityThatSaysTooMuchIsRefused() {
    var long_ = Attribute.of("https://x.example/note", Value.of("x".repeat(2_001)));

    assertThatThrownBy(
            () -> write(new Edit.Put(Entity.of("urn:x:1", VANS + "Van", List.of(long_)))))
        .isInstanceOf(Refusal.TooLarge.class);
  }

  private void create(int number) {
    write(new Edit.Create(van(number)));
  }

  private void write(Edit edit) {
    ledger.write(PILOT, Write.atomic(Address.DEFAULT, edit));
  }

  private static Entity van(int number) {
    return Entity.of("urn:ngsi-ld:Van:vans:" + number, VANS + "Van", List.of());
  }

  private int count() {
    var ids = new TreeSet<String>();
    reader.each(Actor.SYSTEM, Address.DEFAULT, Query.type(VANS + "Van"), e -> ids.add(e.id()));
    return ids.size();
  }
}
