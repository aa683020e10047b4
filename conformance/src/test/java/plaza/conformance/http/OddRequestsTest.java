package plaza.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import plaza.conformance.Broker;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// Requests with something odd in them, by chance: whatever they are answered, it is never an error
/// of the broker itself (clause 5.5.6).
@Clause({"5.5.4", "5.5.6"})
class OddRequestsTest extends Checks {
  private static final int REQUESTS = 1_500;

  private static final List<String> ODD =
      List.of(
          "null",
          "0",
          "-1",
          "1e400",
          "9999999999999999999999",
          "true",
          "''",
          "'x'",
          "'urn:ngsi-ld:null'",
          "'@none'",
          "'2026-13-45T99:99:99Z'",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{'type':'Property'}",
          "{'@value':1}",
          "'\\\\u0000'",
          "'no uri'",
          "'urn:x:1'",
          "[1,'a',{}]",
          "{'a':{'b':{'c':[]}}}",
          "'://'",
          "'http://'",
          "{'type':'Point','coordinates':[]}",
          "{'type':'Polygon','coordinates':[[[0,0]]]}",
          "{'type':'Point','coordinates':[1e999,2]}",
          "'%'",
          "'😀'");

  private static final List<String> BODIES =
      List.of(
          "{'id':'urn:ngsi-ld:Odd:1','type':'Odd','a':{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z','unitCode':'CEL','s':{'type':'Property','value':2}},'r':{'type':'Relationship','object':'urn:x:1','objectType':'T'}}",
          "{'id':'urn:ngsi-ld:Odd:2','type':['Odd','Other'],'scope':['/a','/b'],'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}},'l':{'type':'LanguageProperty','languageMap':{'en':'x'}}}",
          "{'id':'urn:ngsi-ld:Odd:3','type':'Odd','v':{'type':'VocabProperty','vocab':['x']},'j':{'type':'JsonProperty','json':{'a':1}},'p':{'type':'ListProperty','valueList':[1]},'q':{'type':'ListRelationship','objectList':[{'object':'urn:x:1'}]}}",
          "{'type':'Query','entities':[{'type':'Odd','id':'urn:x:1','idPattern':'.*'}],'q':'a==1','geoQ':{'georel':'near;maxDistance==5','geometry':'Point','coordinates':[1,2]},'scopeQ':'/a','pick':['a'],'lang':'en','datasetId':['@none'],'join':'inline','joinLevel':1,'temporalQ':{'timerel':'between','timeAt':'2026-01-01T00:00:00Z','endTimeAt':'2026-02-01T00:00:00Z','lastN':1}}",
          "{'type':'Subscription','entities':[{'type':'Odd'}],'watchedAttributes':['a'],'q':'a>1','throttling':1,'expiresAt':'2099-01-01T00:00:00Z','isActive':false,'notification':{'format':'concise','attributes':['a'],'endpoint':{'uri':'http://localhost:9/n','accept':'application/json','receiverInfo':[{'key':'a','value':'b'}]}}}",
          "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{'entities':[{'type':'NeverAsked'}],'propertyNames':['a']}],'operations':['retrieveOps'],'management':{'timeout':5},'observationInterval':{'startAt':'2026-01-01T00:00:00Z'}}",
          "{'type':'Snapshot','snapshotLifetime':'PT1M','snapshotPriority':1,'snapshotQueries':[{'type':'Query','entities':[{'type':'Odd'}]}]}",
          "{'@context':{'a':'urn:a','b':{'@id':'urn:b','@type':'@vocab'},'@vocab':'urn:v:'}}");

  private static final List<String> WRITES =
      List.of(
          "POST /entities",
          "PUT /entities/urn:ngsi-ld:Odd:1",
          "PATCH /entities/urn:ngsi-ld:Odd:1",
          "PATCH /entities/urn:ngsi-ld:Odd:1/attrs",
          "POST /entities/urn:ngsi-ld:Odd:2/attrs",
          "PATCH /entities/urn:ngsi-ld:Odd:1/attrs/a",
          "PUT /entities/urn:ngsi-ld:Odd:1/attrs/a",
          "POST /entityOperations/create",
          "POST /entityOperations/upsert",
          "POST /entityOperations/update",
          "POST /entityOperations/merge",
          "POST /entityOperations/delete",
          "POST /entityOperations/query",
          "POST /temporal/entities",
          "POST /temporal/entities/urn:ngsi-ld:Odd:1/attrs",
          "POST /temporal/entityOperations/query",
          "POST /subscriptions",
          "POST /csourceRegistrations",
          "POST /csourceSubscriptions",
          "POST /jsonldContexts",
          "POST /entityMaps",
          "POST /snapshots");

  private static final List<String> READS =
      List.of(
          "/entities?type=Odd&q=a==1",
          "/entities?type=Odd&q=a.s>1;r|l[en]~=x",
          "/entities?type=Odd&georel=near;maxDistance==5&geometry=Point&coordinates=[1,2]",
          "/entities?type=Odd&pick=a&omit=r&lang=en&format=concise",
          "/entities?type=Odd&local=true&orderBy=a;desc,location;dist-asc&orderFrom=[1,2]",
          "/entities?type=(Odd;Other)|X&scopeQ=/a/%23&limit=2&offset=1&count=true",
          "/entities/urn:ngsi-ld:Odd:1?join=inline&joinLevel=2&attrs=a",
          "/temporal/entities?type=Odd&timerel=between&timeAt=2026-01-01T00:00:00Z&endTimeAt=2026-02-01T00:00:00Z&format=aggregatedValues&aggrMethods=avg,sum&aggrPeriodDuration=P1D",
          "/temporal/entities/urn:ngsi-ld:Odd:1?timerel=before&timeAt=2026-01-01T00:00:00Z&lastN=1&timeproperty=modifiedAt&options=temporalValues,sysAttrs",
          "/types?details=true",
          "/types/Odd",
          "/attributes?details=true",
          "/attributes/a",
          "/subscriptions?limit=1",
          "/csourceRegistrations?type=Odd&csf=a==1",
          "/jsonldContexts?kind=Hosted&details=true",
          "/entityMaps?type=Odd&q=a==1",
          "/info/sourceIdentity");

  @Test
  void anOddRequestIsNeverAnErrorOfTheBroker() {
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    var tenant = "odd" + unique();
    for (var body : BODIES.subList(0, 3)) post("/entities").tenant(tenant).json(body).expect(201);
    for (int i = 0; i < REQUESTS; i++) {
      var answer = (random.nextBoolean() ? write(random) : read(random)).tenant(tenant).send();
      assertThat(answer.status()).as("seed %d: %s", seed, answer).isNotIn(500, 501, 502);
    }
  }

  private static plaza.conformance.Request write(Random random) {
    var line = pick(WRITES, random).split(" ");
    var body = odd(pick(BODIES, random), random);
    if (random.nextInt(4) == 0) body = odd(body, random);
    if (line[1].startsWith("/entityOperations") && !line[1].endsWith("query"))
      body = "[" + body + "]";
    if (line[1].contains("/temporal/entities"))
      body = body.replace("'a':{", "'a':[{").replace("}},'r'", "}}],'r'");
    return Broker.checked().request(line[0], line[1]).json(body);
  }

  /// Puts something odd in the place of one value, or takes a piece out of the text.
  private static String odd(String body, Random random) {
    if (random.nextInt(12) == 0) {
      int at = random.nextInt(body.length());
      return body.substring(0, at)
          + body.substring(Math.min(body.length(), at + 1 + random.nextInt(4)));
    }
    int colons = (int) body.chars().filter(c -> c == ':').count();
    int at = -1;
    for (int skip = random.nextInt(colons) + 1; skip > 0; skip--) at = body.indexOf(':', at + 1);
    int end = at + 1;
    while (end < body.length() && ",}]".indexOf(body.charAt(end)) < 0) end++;
    return body.substring(0, at + 1) + pick(ODD, random) + body.substring(end);
  }

  private static plaza.conformance.Request read(Random random) {
    var path = pick(READS, random);
    int question = path.indexOf('?');
    if (question < 0) return get(path);
    var request = get(path.substring(0, question));
    for (var parameter : path.substring(question + 1).split("&")) {
      var pair = parameter.split("=", 2);
      var value = java.net.URLDecoder.decode(pair[1], java.nio.charset.StandardCharsets.UTF_8);
      if (random.nextInt(3) == 0) value = oddText(value, random);
      request.with(pair[0], value);
    }
    return request;
  }

  private static String oddText(String value, Random random) {
    int at = random.nextInt(value.length() + 1);
    return switch (random.nextInt(4)) {
      case 0 -> value.substring(0, at);
      case 1 ->
          value.substring(0, at)
              + pick(
                  List.of(
                      "\"", "(", ")", "[", "]", "{", "}", ";", "|", ",", "..", "==", "~=", "\\",
                      "*", "\u0000", " ", "é", "%"),
                  random)
              + value.substring(at);
      case 2 -> value + value;
      default -> pick(ODD, random).replace("'", "");
    };
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /// As browsers and many clients send a query (WHATWG URL).
  @Test
  @Clause({"6.3.10", "4.10", "6.4.3.2"})
  void bracketsInAQueryNeedNoEncoding() {
    var type = newType();
    for (int i = 0; i < 3; i++)
      create(
          newId(),
          type,
          "'n':{'type':'Property','value':{'a':%d}},'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':[8.5,41.2]}}"
              .formatted(i));
    var answer =
        get("/entities?type=%s&q=n[a]%%3E=0&georel=near;maxDistance==9&geometry=Point&coordinates=[8.5,41.2]&limit=1&offset=1"
                .formatted(type))
            .expect(200);

    assertThat(answer.ids()).hasSize(1);
    assertThat(answer.headers("Link").toString())
        .contains("rel=\"next\"", "rel=\"prev\"")
        .doesNotContain("[8.5")
        .contains("%5B8.5");
  }
}
