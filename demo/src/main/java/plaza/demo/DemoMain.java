package plaza.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import plaza.graph.Refusal;
import plaza.ledger.store.StoreFailure;
import plaza.server.City;
import plaza.server.Greeting;
import plaza.server.Logs;
import plaza.server.StartFailure;
import plaza.server.Stop;

/// `plaza demo`: a city from real open data.
public final class DemoMain {
  private DemoMain() {}

  public static void main(String[] arguments) {
    try {
      var words = List.of(arguments);
      if (words.contains("--help") || words.contains("-h")) help();
      else run(DemoSettings.of(System.getenv(), words));
      System.exit(0);
    } catch (Refusal refusal) {
      System.err.println("plaza: " + refusal.getMessage());
      System.exit(2);
    } catch (StoreFailure | StartFailure failure) {
      System.err.println("plaza: " + failure.getMessage());
      System.exit(1);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("plaza: the demo's data cannot be read: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(DemoSettings settings) throws IOException {
    Logs.install(settings.server());
    City.requireFreePort(settings.server());
    var demo = Demo.open(settings);
    try {
      demo.prepare(System.out);
      var url = demo.serve();
      Greeting.print(demo.city(), url);
    } catch (IOException | RuntimeException e) {
      demo.close();
      throw e;
    }
    Stop.await(demo);
  }

  private static void help() {
    System.out.println("plaza demo [flags]: a city from real open data, with invented people\n");
    for (var setting : DemoSettings.all())
      System.out.printf("  %-30s %s%n", setting.flag(), setting.sentence());
  }
}
