package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import plaza.graph.Value;

/// What residents lack: stated without a name, found alike, counted once for each person.
final class LineDemand {
  private static final String NEEDS = "/api/v1/needs";
  private final CityPeople city;
  private final Asker pmo;

  LineDemand(CityPeople city) {
    this.city = city;
    pmo = city.person("po");
  }

  /// @return where the need is
  String need() {
    var stated = stated("No bike in the morning");
    var need = stated.header("Location");
    city.nobody().get(need).expect(404); // nobody has moderated it yet
    var author = city.nobody().with("X-Follow-Token", stated.text("token"));
    assertThat(author.get(need).expect(200).text("state")).isEqualTo("SUBMITTED");
    city.person("mei").step(need, "publish", "{}").expect(200);
    city.person("bea").post(need + "/supports", "{}").expect(201);
    assertThat(city.nobody().get(need).expect(200).at("supporters")).isEqualTo(Value.of(1));
    return need;
  }

  /// Somebody else says the same in other words, after having been shown the first one.
  ///
  /// @return where the second need is
  String alike(String need) {
    var shown =
        city.nobody()
            .get(NEEDS + "/similar?text=morning+without+a+bike&longitude=121.571&latitude=25.081")
            .expect(200);
    assertThat(shown.each("id")).contains(CityPeople.last(need));
    var second = stated("In the morning there is no bike").header("Location");
    city.person("mei").step(second, "publish", "{}").expect(200);
    city.person("bea").post(second + "/supports", "{}").expect(201);
    city.person("carl").post(second + "/supports", "{}").expect(201);
    return second;
  }

  private Asker.Answer stated(String title) {
    return city.nobody()
        .post(
            NEEDS,
            """
            {'title': '%s', 'field': 'TRA', 'language': 'en',
             'location': {'type': 'Point', 'coordinates': [121.57, 25.08]}}
            """
                .formatted(title))
        .expect(201);
  }

  /// Who supports both needs counts once for the cluster of them.
  ///
  /// @return the cluster's id
  String cluster(String need, String alike) {
    var cluster =
        city.person("mei")
            .post(
                "/api/v1/clusters",
                "{'title': 'Bikes in the morning', 'needs': ['%s', '%s']}"
                    .formatted(CityPeople.last(need), CityPeople.last(alike)))
            .expect(201);
    assertThat(cluster.at("supporters")).isEqualTo(Value.of(2));
    for (var one : new String[] {need, alike})
      pmo.step(
              one,
              "acknowledge",
              "{'department': '" + city.organisation("Department of Bikes") + "'}")
          .expect(200);
    return cluster.text("id");
  }
}
