package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.json.Json;

/// Somebody who knows a server by its address and what they were given to show it, nothing else.
///
/// Bodies are JSON that may be written with single quotes.
record Asker(HttpClient client, String url, Map<String, String> headers) {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  // "Within seconds", on a machine that has other work.
  private static final Duration SECONDS = Duration.ofSeconds(30);

  Asker with(String name, String value) {
    var more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return new Asker(client, url, Map.copyOf(more));
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String json) {
    return send("POST", path, json);
  }

  Answer patch(String path, String json) {
    return send("PATCH", path, json);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /// A step of a record's procedure.
  Answer step(String path, String action, String json) {
    return post(path + "/transitions/" + action, json);
  }

  private Answer send(String method, String path, String json) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    headers.forEach(request::header);
    if (json == null) request.method(method, HttpRequest.BodyPublishers.noBody());
    else
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')));
    try {
      return new Answer(
          method + " " + path, client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (java.io.IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
    }
  }

  /// Asks again and again until the record in the path is in a state, which time brings about.
  Answer await(String path, String state) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var answer = get(path).expect(200);
    while (!answer.text("state").equals(state) && System.nanoTime() < end) {
      pause();
      answer = get(path).expect(200);
    }
    assertThat(answer.text("state")).as(path).isEqualTo(state);
    return answer;
  }

  /// Asks again and again until the answer is 200: what was approved works within seconds.
  Answer awaitOpen(String path) {
    long end = System.nanoTime() + SECONDS.toNanos();
    var answer = get(path);
    while (answer.response().statusCode() != 200 && System.nanoTime() < end) {
      pause();
      answer = get(path);
    }
    return answer.expect(200);
  }

  private static void pause() {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  record Answer(String asked, HttpResponse<String> response) {
    Answer expect(int status) {
      assertThat(response.statusCode()).as(asked + ": " + response.body()).isEqualTo(status);
      return this;
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String text() {
      return response.body();
    }

    /// The value at a path of member names; JSON null when it leads nowhere.
    Value at(String... path) {
      return within(Json.parse(response.body()), path);
    }

    String text(String... path) {
      assertThat(at(path)).as(asked + ": " + response.body()).isInstanceOf(Value.Text.class);
      return ((Value.Text) at(path)).text();
    }

    List<Value> items(String... path) {
      return ((Value.Items) at(path)).items();
    }

    /// One member of every item.
    List<String> each(String member, String... path) {
      return items(path).stream().map(item -> ((Value.Text) within(item, member)).text()).toList();
    }
  }

  static Value within(Value value, String... path) {
    for (var name : path)
      value =
          value instanceof Value.Struct(var members)
              ? members.getOrDefault(name, Value.Null.VALUE)
              : Value.Null.VALUE;
    return value;
  }
}
