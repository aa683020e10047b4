package plaza.ngsild.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.json.JsonWriter;
import plaza.ngsild.http.Evolutions.Evolution;
import plaza.ngsild.represent.Conformance;
import plaza.ngsild.represent.TemporalWriter;
import plaza.ngsild.temporal.Aggregate;

/// Answers with evolutions, whole or, when they are too long, the part that fits (clause 6.3.10).
final class TemporalAnswer {
  private final Call call;
  private final Media media;
  private final TemporalAsk asked;
  private final Conformance version;

  TemporalAnswer(Call call, Media media, TemporalAsk asked) {
    this.call = call;
    this.media = media;
    this.asked = asked;
    this.version = Preferences.version(call);
  }

  void one(Evolution whole) {
    var evolution = fitting(List.of(whole)).getFirst();
    int status = status(List.of(evolution), 200);
    call.answer(status, media, out -> write(evolution, writer(out), out, new Aggregate.Stamps()));
  }

  /// @param usual status of an answer that is whole
  void many(List<Evolution> all, int usual) {
    var evolutions = fitting(all);
    int status = status(evolutions, usual);
    if (media == Media.JSON) call.link();
    // Straight to the caller: a month of a city is many megabytes.
    try (var stream = call.exchange().stream(status, media.type);
        var out = new JsonWriter(stream)) {
      var writer = writer(out);
      var stamps = new Aggregate.Stamps();
      out.startArray();
      for (var evolution : evolutions) write(evolution, writer, out, stamps);
      out.endArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TemporalWriter writer(JsonWriter out) {
    return new TemporalWriter(call.context(), asked.how(), out);
  }

  private void write(
      Evolution evolution, TemporalWriter writer, JsonWriter out, Aggregate.Stamps stamps) {
    var told = version.of(evolution.entity(), call.context());
    writer.start(told);
    if (evolution.scope() == null) writer.scope(told);
    else if (version.hasScopes())
      writer.scopes(evolution.scope(), asked.form() == TemporalAsk.Form.VALUES, asked.when()::time);
    evolution
        .histories()
        .forEach((name, whole) -> {
          if (asked.form() == TemporalAsk.Form.VALUES)
            writer.values(name, version.ofHistory(whole, call.context()), asked.when()::time);
          else writer.instances(name, version.ofHistory(whole, call.context()));
        });
    evolution
        .aggregates()
        .forEach((name, aggregate) -> {
          writer.name(name);
          aggregate.write(out, stamps);
        });
    writer.end(media == Media.LD_JSON);
  }

  /// Where one history is cut, all are.
  private List<Evolution> fitting(List<Evolution> evolutions) {
    Instant end = null;
    for (var evolution : evolutions)
      if (evolution.cut() != null) end = asked.when().sooner(end, evolution.cut());
    if (end == null) return evolutions;
    var common = end;
    return evolutions.stream().map(one -> one.upTo(common, asked.when())).toList();
  }

  /// 206 with the range that is there, when some history was cut; else 203 when it is told in the
  /// terms of an older version (clause 6.18.3.2).
  private int status(List<Evolution> evolutions, int whole) {
    int usual = version.isNow() || whole != 200 ? whole : 203;
    if (evolutions.stream().allMatch(one -> one.cut() == null)) return usual;
    Instant oldest = null;
    Instant newest = null;
    for (var evolution : evolutions)
      for (var history : evolution.histories().values())
        for (var one : history) {
          var at = asked.when().time(one.attribute());
          if (at == null) continue;
          if (oldest == null || at.isBefore(oldest)) oldest = at;
          if (newest == null || at.isAfter(newest)) newest = at;
        }
    if (oldest == null || newest == null) return usual;
    var span = asked.when().span();
    boolean backwards = asked.when().lastN() != 0;
    var start = backwards ? orElse(span.until(), newest) : orElse(span.from(), oldest);
    var end = backwards ? oldest : newest;
    call.exchange()
        .setHeader(
            "Content-Range",
            "DateTime " + start + "-" + end + "/" + (backwards ? asked.when().lastN() : "*"));
    return 206;
  }

  private static Instant orElse(@Nullable Instant at, Instant otherwise) {
    return at == null ? otherwise : at;
  }
}
