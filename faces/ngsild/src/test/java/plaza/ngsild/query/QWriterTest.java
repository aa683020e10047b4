package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Names;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

/// What is written reads as the same condition again (clause 4.9).
final class QWriterTest {
  private static final Context CORE = Contexts.builtIn().core();
  private static final UnaryOperator<String> SHORT = CORE::compact;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed",
        "speed==3",
        "speed!=-2.5",
        "speed>=3;load<0.5|line==\"5\",\"7\"",
        "(speed>3|load);line!=\"a\\\"b\\\\c\"",
        "speed==1..5",
        "seen>=2026-01-01T00:00:00Z",
        "speed.observedAt<2026-01-01T00:00:00Z;id==urn:ngsi-ld:Bus:1",
        "speed.accuracy.unitCode==\"KMH\"",
        "address[city.name]==\"Lyon\"",
        "name~=^B.s$",
        "name!~=\"a (b|c);d\"",
        "open==true",
        "owner==urn:ngsi-ld:Person:1",
        "((a;b)|(c;(d|e)))"
      })
  void theSameIsReadAgain(String q) {
    var condition = QParser.parse(q, CORE);

    var written = QWriter.write(condition, SHORT);

    assertThat(written).isNotNull();
    assertThat(QParser.parse(written, CORE)).as(written).isEqualTo(condition);
  }

  @Test
  void namesAreThoseOfTheOtherContext() {
    var condition = QParser.parse("speed>3;load.unit==\"t\"", CORE);

    assertThat(
            QWriter.write(condition, name -> name.substring(Names.DEFAULT_VOCAB.length()) + "_x"))
        .isEqualTo("speed_x>3;load_x.unit_x==\"t\"");
  }

  @Test
  void whatCannotBeSaidIsNotSaid() {
    assertThat(QWriter.write(QParser.parse("speed>3", CORE), name -> name)).isNull();
    assertThat(QWriter.write(QParser.parse("kind==red", CORE), SHORT)).isNull();
    assertThat(QWriter.write(QParser.parse("owner{name}==\"Ann\"", CORE, Set.of(), 1), SHORT))
        .isNull();
  }
}
