package plaza.programme.call;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;

/// That a challenge pays some teams to explore before one is selected.
///
/// @param days that an exploration lasts
/// @param pay `{amount, currency}` for each team
/// @param teams at most so many explore
public record ExplorationStage(long days, Value.Struct pay, long teams) {
  private static final int LONGEST_DAYS = 180;
  private static final int MOST_TEAMS = 50;

  /// Reads `{days, pay: {amount, currency}, teams}`.
  static ExplorationStage of(Value.Struct json) {
    var fields = new Fields("an exploration stage", json);
    var stage =
        new ExplorationStage(
            fields
                .findCount("days", 1, LONGEST_DAYS)
                .orElseThrow(() -> fields.wrong("days", "from 1 to " + LONGEST_DAYS)),
            fields
                .findStruct("pay")
                .map(ChallengeDesk::money)
                .orElseThrow(
                    () -> fields.wrong("pay", "{amount, currency}, as exploration is paid")),
            fields
                .findCount("teams", 1, MOST_TEAMS)
                .orElseThrow(() -> fields.wrong("teams", "from 1 to " + MOST_TEAMS)));
    fields.done();
    return stage;
  }

  /// The stage of a challenge; empty when it has none.
  public static Optional<ExplorationStage> of(Dossier challenge) {
    return challenge.findStruct("exploration").map(ExplorationStage::of);
  }

  public Duration length() {
    return Duration.ofDays(days);
  }

  public BigDecimal amount() {
    return new BigDecimal(text("amount"));
  }

  public String currency() {
    return text("currency");
  }

  private String text(String member) {
    return new Fields("the pay of an exploration", pay).text(member, 30);
  }

  Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("days", Value.of(days));
    members.put("pay", pay);
    members.put("teams", Value.of(teams));
    return new Value.Struct(members);
  }
}
