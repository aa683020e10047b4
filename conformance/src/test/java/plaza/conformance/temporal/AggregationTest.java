package plaza.conformance.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Json;

/// Values with their times alone, and what periods of them come to (clauses 4.5.9, 4.5.19).
class AggregationTest extends Checks {
  @Test
  @Clause({"4.5.9", "6.3.12"})
  void valuesAreShownWithTheirTimes() {
    var id = newId();
    record(
        id,
        "Thing",
        """
        'a':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'},{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}],
        'r':[{'type':'Relationship','object':'urn:x:1','observedAt':'2026-01-01T00:00:00Z'}],
        'g':[{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]},'observedAt':'2026-01-01T00:00:00Z'}],
        'l':[{'type':'LanguageProperty','languageMap':{'en':'x'},'observedAt':'2026-01-01T00:00:00Z'}],
        'v':[{'type':'VocabProperty','vocab':'x','observedAt':'2026-01-01T00:00:00Z'}],
        'j':[{'type':'JsonProperty','json':{'x':1},'observedAt':'2026-01-01T00:00:00Z'}],
        'p':[{'type':'ListProperty','valueList':[1,2],'observedAt':'2026-01-01T00:00:00Z'}],
        'q':[{'type':'ListRelationship','objectList':['urn:x:1'],'observedAt':'2026-01-01T00:00:00Z'}]\
        """);

    for (var parameter : new String[] {"format", "options"})
      get("/temporal/entities/" + id)
          .with(parameter, "temporalValues")
          .expect(200)
          .has(
              "a",
              "{'type':'Property','values':[[1,'2026-01-01T00:00:00Z'],[2,'2026-01-02T00:00:00Z']]}")
          .has("r", "{'type':'Relationship','objects':[['urn:x:1','2026-01-01T00:00:00Z']]}")
          .has(
              "g",
              "{'type':'GeoProperty','values':[[{'type':'Point','coordinates':[1,2]},'2026-01-01T00:00:00Z']]}")
          .has(
              "l",
              "{'type':'LanguageProperty','languageMaps':[[{'languageMap':{'en':'x'}},'2026-01-01T00:00:00Z']]}")
          .has("v", "{'type':'VocabProperty','vocabs':[[{'vocab':'x'},'2026-01-01T00:00:00Z']]}")
          .has("j", "{'type':'JsonProperty','jsons':[[{'json':{'x':1}},'2026-01-01T00:00:00Z']]}")
          .has("p", "{'type':'ListProperty','valueLists':[[[1,2],'2026-01-01T00:00:00Z']]}")
          .has(
              "q",
              "{'type':'ListRelationship','objectLists':[[['urn:x:1'],'2026-01-01T00:00:00Z']]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,3,4 | avg | 2.5",
        "1,2,3,4 | sum | 10",
        "1,2,3,4 | min | 1",
        "1,2,3,4 | max | 4",
        "1,2,3,4 | sumsq | 30",
        "2,4,4,4,5,5,7,9 | stddev | 2",
        "1,2,2,3 | distinctCount | 3",
        "1,2,2,3 | totalCount | 4",
        "'b','a','c' | min | 'a'",
        "'b','a','c' | max | 'c'",
        "'b','a','b' | distinctCount | 2",
        "true,false,true,true | sum | 3",
        "true,false,true,true | avg | 0.75",
        "[1],[1,2],[1,2,3] | max | 3",
        "[1],[1,2],[1,2,3] | min | 1",
        "[1],[1,2],[1,2,3] | sum | 6",
        "[1],[1,2],[1,2,3] | avg | 2",
        "{'a':1},{'a':2},{'a':1} | distinctCount | 2",
        "{'a':1},{'a':2},{'a':1} | totalCount | 3"
      },
      quoteCharacter = '`')
  @Clause({"4.5.19", "6.3.12"})
  void valuesAreAggregated(String values, String method, String expected) {
    var id = newId();
    var instances = new StringBuilder();
    int day = 1;
    var list = (List<?>) Json.parse("[" + values.replace('\'', '"') + "]");
    var parts = values.split(",(?![^\\[]*\\])(?![^{]*})");
    assertThat(parts).hasSameSizeAs(list);
    for (var part : parts)
      instances
          .append(instances.isEmpty() ? "" : ",")
          .append(
              "{'type':'Property','value':%s,'observedAt':'2026-01-%02dT00:00:00Z'}"
                  .formatted(part, day++));
    record(id, "Thing", "'a':[" + instances + "]");

    var answer =
        get("/temporal/entities/" + id)
            .with("format", "aggregatedValues")
            .with("aggrMethods", method)
            .with("timerel", "between")
            .with("timeAt", "2026-01-01T00:00:00Z")
            .with("endTimeAt", "2026-02-01T00:00:00Z")
            .expect(200)
            .has("a/type", "'Property'");
    assertThat(answer.list("a/" + method)).hasSize(1);
    answer.has("a/" + method + "/0/0", expected);
    answer
        .has("a/" + method + "/0/1", "'2026-01-01T00:00:00Z'")
        .has("a/" + method + "/0/2", "'2026-02-01T00:00:00Z'");
  }

  @Test
  @Clause("4.5.19")
  void valuesAreAggregatedByPeriods() {
    var id = newId();
    record(
        id,
        "Thing",
        "'n':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'},{'type':'Property','value':11,'observedAt':'2026-01-01T12:00:00Z'}]");

    get("/temporal/entities/" + id)
        .with("options", "aggregatedValues")
        .with("aggrMethods", "sum,totalCount")
        .with("aggrPeriodDuration", "PT12H")
        .with("timerel", "between")
        .with("timeAt", "2026-01-01T00:00:00Z")
        .with("endTimeAt", "2026-01-02T00:00:00Z")
        .with("attrs", "n")
        .expect(200)
        .has(
            "n",
            "{'type':'Property','sum':[[1,'2026-01-01T00:00:00Z','2026-01-01T12:00:00Z'],[11,'2026-01-01T12:00:00Z','2026-01-02T00:00:00Z']],"
                + "'totalCount':[[1,'2026-01-01T00:00:00Z','2026-01-01T12:00:00Z'],[1,'2026-01-01T12:00:00Z','2026-01-02T00:00:00Z']]}");
  }

  @Test
  @Clause("4.5.19")
  void relationshipsAreCounted() {
    var id = newId();
    record(
        id,
        "Thing",
        "'r':[{'type':'Relationship','object':'urn:x:1','observedAt':'2026-01-01T00:00:00Z'},{'type':'Relationship','object':'urn:x:2','observedAt':'2026-01-02T00:00:00Z'},{'type':'Relationship','object':'urn:x:1','observedAt':'2026-01-03T00:00:00Z'}]");

    get("/temporal/entities/" + id)
        .with("format", "aggregatedValues")
        .with("aggrMethods", "distinctCount,totalCount")
        .with("timerel", "between")
        .with("timeAt", "2026-01-01T00:00:00Z")
        .with("endTimeAt", "2026-02-01T00:00:00Z")
        .expect(200)
        .has("r/type", "'Relationship'")
        .has("r/distinctCount/0/0", "2")
        .has("r/totalCount/0/0", "3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "median | PT1H",
        "avg | 1 hour",
        "avg | P",
        "avg | PT1H/PT2H",
        " | PT1H",
        "avg, | PT1H"
      })
  @Clause({"4.5.19", "6.3.12"})
  void whatIsNoAggregationIsRefused(String methods, String duration) {
    var request =
        get("/temporal/entities")
            .with("type", "Thing")
            .with("timerel", "after")
            .with("timeAt", "2026-01-01T00:00:00Z")
            .with("format", "aggregatedValues")
            .with("aggrPeriodDuration", duration);
    if (methods != null) request.with("aggrMethods", methods);
    request.expect(400);
  }

  @Test
  @Clause({"5.7.4", "4.5.19"})
  void anAttributeThatCannotBeAggregatedIsAnInvalidRequest() {
    var type = newType();
    record(
        newId(), type, "'s':[{'type':'Property','value':'x','observedAt':'2026-01-01T00:00:00Z'}]");

    get("/temporal/entities")
        .with("type", type)
        .with("timerel", "after")
        .with("timeAt", "2026-01-01T00:00:00Z")
        .with("format", "aggregatedValues")
        .with("aggrMethods", "avg")
        .with("attrs", "s")
        .refused(400, "InvalidRequest");
  }
}
