package plaza.conformance.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.conformance.Clause;
import plaza.conformance.Request;

/// Whom a receiver is told of and when, and what it is spared.
class NotificationsTest extends Notified {
  @Test
  @Clause({"5.8.6", "5.3.1", "6.3.8"})
  void aChangeIsTold() {
    subscribe("");
    create(1);

    var told = receiver.next();
    assertThat(told.text("type")).isEqualTo("Notification");
    assertThat(java.net.URI.create(told.text("id")).getScheme()).isNotNull();
    assertThat(told.text("subscriptionId")).isEqualTo(subscription);
    assertThat(Instant.parse(told.text("notifiedAt"))).isBefore(Instant.now().plusSeconds(60));
    assertThat(told.data()).hasSize(1);
    assertThat(told.text("data/0/id")).isEqualTo(id);
    assertThat(told.text("data/0/type")).isEqualTo(type);
    assertThat(told.text("data/0/speed/value")).isEqualTo("1");
    assertThat(told.headers().get("Content-Type")).startsWith(JSON);
    assertThat(told.headers().get("Link")).contains(Request.LD_CONTEXT);
    update(2);
    assertThat(receiver.next().text("data/0/speed/value")).isEqualTo("2");
    receiver.hearsNothingMore();
  }

  @Test
  @Clause({"5.8.6", "5.2.12"})
  void onlyWhatIsWatchedIsTold() {
    subscribe("'watchedAttributes':['speed']");
    create(id, type, "'mass':{'type':'Property','value':1}");
    patch(entity(id) + "/attrs").json("{'mass':{'type':'Property','value':2}}").expect(204);
    post(entity(id) + "/attrs").json("{'speed':{'type':'Property','value':3}}").expect(204);

    var told = receiver.next();
    assertThat(told.text("data/0/speed/value")).isEqualTo("3");
    assertThat(told.text("data/0/mass/value")).isEqualTo("2");
    receiver.hearsNothingMore();
  }

  @Test
  @Clause({"5.8.6", "5.2.33"})
  void onlyWhomItConcernsIsTold() {
    var other = newId();
    var body =
        "{'type':'Subscription','entities':[{'type':'%s','id':'%s'}],'notification':{'endpoint':{'uri':'%s'}}}";
    var location =
        post("/subscriptions").json(body, type, id, receiver.url()).expect(201).header("Location");
    subscription = location.substring(location.lastIndexOf('/') + 1);
    create(other, type, "'speed':{'type':'Property','value':9}");
    create(newId(), newType(), "'speed':{'type':'Property','value':9}");
    create(1);

    assertThat(receiver.next().text("data/0/id")).isEqualTo(id);
    receiver.hearsNothingMore();
  }

  @Test
  @Clause({"5.8.6", "4.9"})
  void onlyWhatMeetsTheConditionIsTold() {
    subscribe("'q':'speed>50'");
    create(10);
    update(60);
    update(20);
    update(70);

    assertThat(receiver.next().text("data/0/speed/value")).isEqualTo("60");
    assertThat(receiver.next().text("data/0/speed/value")).isEqualTo("70");
    receiver.hearsNothingMore();
  }

  /// Annex C.4 subscribes around a latitude of 100 degrees: ten degrees beyond the pole.
  @Test
  @Clause({"5.8.1", "5.2.13", "4.10", "C.4"})
  void aReferencePointBeyondThePoleIsTaken() {
    subscribe(
        "'geoQ':{'georel':'near;maxDistance==1000','geometry':'Point','coordinates':[-20,95]}");
    var place = "'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':%s}}";
    create(newId(), type, place.formatted("[-20,85]"));
    create(id, type, place.formatted("[160,85]"));

    assertThat(receiver.next().text("data/0/id")).isEqualTo(id);
    receiver.hearsNothingMore();
  }

  @Test
  @Clause({"5.8.6", "5.2.13", "4.10", "4.19"})
  void onlyWhatIsInPlaceAndScopeIsTold() {
    subscribe(
        "'geoQ':{'georel':'near;maxDistance==1000','geometry':'Point','coordinates':[1,2]},'scopeQ':'/a/#'");
    var place =
        "'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':[%d,2]}},'scope':'%s'";
    create(newId(), type, place.formatted(1, "/b"));
    create(newId(), type, place.formatted(9, "/a"));
    create(id, type, place.formatted(1, "/a/c"));

    assertThat(receiver.next().text("data/0/id")).isEqualTo(id);
    receiver.hearsNothingMore();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entityCreated | 1",
        "entityUpdated | 3",
        "entityDeleted | 1",
        "attributeCreated | 2",
        "attributeUpdated | 1",
        "attributeDeleted | 1",
      })
  @Clause({"5.8.6", "5.2.12"})
  void eachTriggerTellsItsKindOfChange(String trigger, int times) {
    subscribe("'notificationTrigger':['%s']".formatted(trigger));
    create(1);
    post(entity(id) + "/attrs").json("{'mass':{'type':'Property','value':1}}").expect(204);
    update(2);
    delete(entity(id) + "/attrs/mass").expect(204);
    delete(entity(id)).expect(204);

    var all = receiver.next(times);
    assertThat(all).allMatch(told -> told.text("data/0/id").equals(id));
    if (trigger.equals("entityDeleted"))
      assertThat(all.getFirst().holds("data/0/deletedAt")).isTrue();
  }

  @Test
  @Clause({"5.8.6", "5.2.12"})
  void aPausedSubscriptionTellsNothing() {
    subscribe("'isActive':false");
    create(1);
    receiver.hearsNothingMore();

    patch("/subscriptions/" + subscription).json("{'isActive':true}").expect(204);
    update(2);
    assertThat(receiver.next().text("data/0/speed/value")).isEqualTo("2");
  }

  @Test
  @Clause({"5.8.6", "5.2.12"})
  void betweenTwoNotificationsTheThrottlingPasses() {
    subscribe("'throttling':1");
    create(1);
    var first = Instant.parse(receiver.next().text("notifiedAt"));
    update(2);
    update(3);

    var rest = receiver.next();
    // By the broker's own clock: whoever reads here may have been held up.
    assertThat(Duration.between(first, Instant.parse(rest.text("notifiedAt"))))
        .isGreaterThanOrEqualTo(Duration.ofMillis(900));
    assertThat(rest.text("data/0/id")).isEqualTo(id);
  }

  @Test
  @Clause({"5.8.6", "5.8.1", "5.2.12"})
  void anIntervalTellsTimeAndAgain() {
    create(1);
    subscribe("'timeInterval':1");

    for (var told : receiver.next(2)) assertThat(told.text("data/0/speed/value")).isEqualTo("1");
  }

  @Test
  @Clause({"5.8.6", "5.2.14.2"})
  void whatWasSentIsCounted() {
    subscribe("");
    create(1);
    receiver.next();

    eventually(() ->
        assertThat(
                get("/subscriptions/" + subscription).expect(200).holds("notification/lastSuccess"))
            .isTrue());
    var shown = get("/subscriptions/" + subscription).expect(200);
    shown.has("notification/status", "'ok'").has("notification/timesSent", "1");
    Instant.parse(shown.text("notification/lastNotification"));
    Instant.parse(shown.text("notification/lastSuccess"));
  }

  @Test
  @Clause({"5.8.6", "5.2.14.2"})
  void whatFailedIsCounted() {
    receiver.answering(500);
    subscribe("");
    create(1);
    receiver.next();

    eventually(() ->
        assertThat(
                get("/subscriptions/" + subscription).expect(200).holds("notification/lastFailure"))
            .isTrue());
    var shown = get("/subscriptions/" + subscription).expect(200);
    shown.has("notification/status", "'failed'");
    Instant.parse(shown.text("notification/lastFailure"));
    assertThat(Integer.parseInt(shown.text("notification/timesFailed"))).isPositive();
  }

  @Test
  @Clause({"5.8.6", "5.5.11"})
  void theEntitiesOfABatchAreTold() {
    subscribe("");
    post("/entityOperations/create")
        .json(
            "[{'id':'%s','type':'%s','a':{'type':'Property','value':1}},{'id':'%s','type':'%s','a':{'type':'Property','value':1}}]",
            id, type, newId(), type)
        .expect(201);

    int told = 0;
    while (told < 2) told += receiver.next().data().size();
    assertThat(told).isEqualTo(2);
    receiver.hearsNothingMore();
  }

  @Test
  @Clause({"5.8.5", "5.8.6"})
  void afterItsEndASubscriptionTellsNothing() {
    subscribe("");
    delete("/subscriptions/" + subscription).expect(204);
    subscription = "";
    create(1);

    receiver.hearsNothingMore();
  }

  @Test
  @Clause({"5.8.6"})
  void aValueThatStaysIsNoChange() {
    subscribe("");
    create(1);
    receiver.next();
    update(1);
    receiver.hearsNothingMore();
  }
}
