package plaza.conformance.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;
import plaza.conformance.Request;

/// What a notification says and how (clauses 5.3.1, 6.3.8).
class NotificationFormTest extends Notified {
  @Test
  @Clause({"5.8.6", "6.3.8"})
  void itMayBeToldAsJsonLd() {
    subscribe("", "", "'accept':'application/ld+json'");
    create(1);

    var told = receiver.next();
    assertThat(told.headers().get("Content-Type")).startsWith(LD_JSON);
    assertThat(told.headers().get("Link")).isNull();
    assertThat(told.holds("@context")).isTrue();
  }

  @Test
  @Clause({"5.8.6", "6.3.8", "5.3.1"})
  void itMayBeToldAsGeoJson() {
    subscribe("", "", "'accept':'application/geo+json'");
    create(
        id, type, "'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}}");

    var told = receiver.next();
    assertThat(told.headers().get("Content-Type")).startsWith(GEO_JSON);
    assertThat(told.text("data/type")).isEqualTo("FeatureCollection");
    assertThat(told.text("data/features/0/geometry/type")).isEqualTo("Point");
  }

  @Test
  @Clause({"6.3.8", "5.2.22"})
  void headersGoWithIt() {
    subscribe(
        "",
        "",
        "'receiverInfo':[{'key':'X-Token','value':'abc'},{'key':'Authorization','value':'Bearer 1'}]");
    create(1);

    var told = receiver.next();
    assertThat(told.headers().get("X-Token")).isEqualTo("abc");
    assertThat(told.headers().get("Authorization")).isEqualTo("Bearer 1");
  }

  @Test
  @Clause({"6.3.14", "5.5.10"})
  void theTenantIsNamed() {
    var tenant = "t" + unique();
    post("/subscriptions")
        .tenant(tenant)
        .json(
            "{'type':'Subscription','entities':[{'type':'%s'}],'notification':{'endpoint':{'uri':'%s'}}}",
            type, receiver.url())
        .expect(201);
    create(1);
    post("/entities").tenant(tenant).json("{'id':'%s','type':'%s'}", id, type).expect(201);
    post(entity(id) + "/attrs")
        .tenant(tenant)
        .json("{'speed':{'type':'Property','value':7}}")
        .expect(204);

    var told = receiver.next();
    assertThat(told.headers().get("NGSILD-Tenant")).isEqualTo(tenant);
    assertThat(told.text("data/0/speed/value")).isEqualTo("7");
    receiver.hearsNothingMore();
  }

  @Test
  @Clause({"5.8.6", "4.5.0"})
  void aDeletedAttributeIsToldAsNull() {
    subscribe("'notificationTrigger':['attributeDeleted']");
    create(id, type, "'speed':{'type':'Property','value':1},'mass':{'type':'Property','value':1}");
    delete(entity(id) + "/attrs/mass").expect(204);

    assertThat(receiver.next().text("data/0/mass")).isEqualTo(NULL);
  }

  @Test
  @Clause({"5.8.6", "5.2.14"})
  void changesAreShownOnRequest() {
    subscribe(
        "'notificationTrigger':['attributeUpdated','attributeDeleted']", "'showChanges':true", "");
    create(
        id,
        type,
        "'speed':{'type':'Property','value':1},'owner':{'type':'Relationship','object':'urn:x:1'},'label':{'type':'LanguageProperty','languageMap':{'en':'a'}}");
    patch(entity(id) + "/attrs")
        .json(
            "{'speed':{'type':'Property','value':2},'owner':{'type':'Relationship','object':'urn:x:2'},'label':{'type':'LanguageProperty','languageMap':{'en':'b'}}}")
        .expect(204);
    delete(entity(id) + "/attrs/speed").expect(204);

    var changed = receiver.next();
    assertThat(changed.text("data/0/speed/value")).isEqualTo("2");
    assertThat(changed.text("data/0/speed/previousValue")).isEqualTo("1");
    assertThat(changed.text("data/0/owner/previousObject")).isEqualTo("urn:x:1");
    assertThat(changed.text("data/0/label/previousLanguageMap/en")).isEqualTo("a");
    var gone = receiver.next();
    assertThat(gone.text("data/0/speed/value")).isEqualTo(NULL);
    assertThat(gone.text("data/0/speed/previousValue")).isEqualTo("2");
  }

  @Test
  @Clause({"5.8.6", "5.2.14"})
  void systemAttributesAreShownOnRequest() {
    subscribe("", "'sysAttrs':true", "");
    create(1);

    var told = receiver.next();
    assertThat(told.holds("data/0/createdAt")).isTrue();
    assertThat(told.holds("data/0/speed/modifiedAt")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"simplified", "keyValues", "concise"})
  @Clause({"5.8.6", "5.2.14"})
  void theFormatIsChosen(String format) {
    subscribe("", "'format':'%s'".formatted(format), "");
    create(1);

    assertThat(receiver.next().text("data/0/speed")).isEqualTo("1");
  }

  @Test
  @Clause({"5.8.6", "5.2.14", "4.21"})
  void whatIsPickedIsTold() {
    subscribe("", "'pick':['id','speed']", "");
    create(id, type, "'speed':{'type':'Property','value':1},'mass':{'type':'Property','value':1}");

    var told = receiver.next();
    assertThat(((Map<?, ?>) told.data().getFirst()).keySet().toString()).isEqualTo("[id, speed]");
  }

  @Test
  @Clause({"5.8.6", "5.2.14", "4.21"})
  void whatIsOmittedIsNot() {
    subscribe("", "'omit':['mass','type']", "");
    create(id, type, "'speed':{'type':'Property','value':1},'mass':{'type':'Property','value':1}");

    assertThat(((Map<?, ?>) receiver.next().data().getFirst()).keySet().toString())
        .isEqualTo("[id, speed]");
  }

  @Test
  @Clause({"5.8.6", "4.5.5"})
  void oneDatasetMayBeToldAlone() {
    subscribe("'datasetId':['urn:d:1']");
    create(
        id,
        type,
        "'speed':[{'type':'Property','value':1},{'type':'Property','value':2,'datasetId':'urn:d:1'}]");

    assertThat(receiver.next().text("data/0/speed/value")).isEqualTo("2");
  }

  @Test
  @Clause({"5.8.6", "5.8.1"})
  void namesAreCompactedByTheContextOfTheSubscription() {
    var context =
        new Receiver().serving("{\"@context\":{\"velocity\":\"" + DEFAULT_VOCAB + "speed\"}}");
    subscribe("'jsonldContext':'%s'".formatted(context.url()));
    create(1);

    var told = receiver.next();
    assertThat(told.text("data/0/velocity/value")).isEqualTo("1");
    assertThat(told.headers().get("Link")).contains(context.url());
  }

  /// The context is that of the creation until `jsonldContext` changes.
  @Test
  @Clause({"5.8.6", "5.8.1", "5.8.2"})
  void aChangeInOtherNamesLeavesTheContextOfNotifications() {
    var context =
        new Receiver().serving("{\"@context\":{\"velocity\":\"" + DEFAULT_VOCAB + "speed\"}}");
    var location =
        post("/subscriptions")
            .link(context.url())
            .json(
                "{'type':'Subscription','entities':[{'type':'%s'}],'notification':{'endpoint':{'uri':'%s'}}}"
                    .formatted(type, receiver.url()))
            .expect(201)
            .header("Location");
    subscription = location.substring(location.lastIndexOf('/') + 1);
    patch("/subscriptions/" + Request.encode(subscription))
        .json("{'watchedAttributes':['speed']}")
        .expect(204);
    create(1);

    var told = receiver.next();
    assertThat(told.text("data/0/velocity/value")).isEqualTo("1");
    assertThat(told.headers().get("Link")).contains(context.url());
  }
}
