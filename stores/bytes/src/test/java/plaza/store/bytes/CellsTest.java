package plaza.store.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;

class CellsTest {
  @Test
  void aShapeAsWideAsTheWorldTouchesTheLargestSquares() {
    var world = new Envelope(-180, 180, -90, 90);

    int shift = Cells.shiftOf(world);

    assertThat(shift).isEqualTo(28);
    assertThat(Cells.squares(world, shift)).hasSize(16);
  }
}
