package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.ngsild.subscription.SubscribedCity.stations;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.ledger.Policy;
import plaza.ledger.Sweeper;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// What a receiver gets when something ends by itself (clause 4.22) or is erased (5.6.13, 5.6.16).
class EndingTest {
  private final TestTime time = new TestTime();
  private SubscribedCity city;
  private TestReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    city = new SubscribedCity(new MemoryStore(), time, Policy.OPEN);
    receiver = TestReceiver.willing();
  }

  @AfterEach
  void stop() {
    city.close();
    receiver.close();
  }

  @Test
  void clause422WhatEndsIsToldAsDeleted() throws Exception {
    var past = time.instant().minusSeconds(1);
    var name = Attribute.of(TestCity.NAME, Value.of("Daan"));
    var ended =
        new Attribute(
            TestCity.NAME, null, name.content(), null, null, List.of(), null, null, null, past);
    city.write(
        new Edit.Create(TestCity.xinyi(3).ending(past)),
        new Edit.Create(Entity.of(TestCity.DAAN, TestCity.STATION, List.of(ended))));
    var entities = subscribe("entityDeleted");
    var attributes = subscribe("attributeDeleted");

    assertThat(new Sweeper(city.store, city.ledger).sweep()).isEqualTo(2);

    for (var got : receiver.next(2))
      if (Value.of(entities).equals(got.body().get("subscriptionId")))
        assertThat(got.only()).containsEntry("id", Value.of(TestCity.XINYI));
      else {
        assertThat(got.body()).containsEntry("subscriptionId", Value.of(attributes));
        assertThat(got.only())
            .containsEntry("id", Value.of(TestCity.DAAN))
            .containsEntry(TestCity.NAME, Value.of("urn:ngsi-ld:null"));
      }
    receiver.nothingMore();
  }

  @Test
  void whatIsErasedFromTheStateIsToldAsDeleted() throws Exception {
    city.write(new Edit.Create(TestCity.daan(3)));
    var entities = subscribe("entityDeleted");
    var attributes = subscribe("attributeDeleted");

    city.write(new Edit.EraseAttribute(TestCity.DAAN, TestCity.NAME, null, true));
    assertThat(receiver.next().body()).containsEntry("subscriptionId", Value.of(attributes));
    city.write(new Edit.EraseEvolution(TestCity.DAAN));
    assertThat(receiver.next().body()).containsEntry("subscriptionId", Value.of(entities));
    receiver.nothingMore();
  }

  private String subscribe(String trigger) {
    return city.subscribe(
        receiver.url(), stations() + ", \"notificationTrigger\": [\"" + trigger + "\"]", "");
  }
}
