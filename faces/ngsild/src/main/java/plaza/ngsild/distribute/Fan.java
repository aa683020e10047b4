package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Does the same for many at once, on virtual threads; [SourceClient] bounds how many talk at once.
final class Fan {
  private Fan() {}

  /// @return the results in the order of the items
  static <T, R> List<R> out(List<T> items, Function<T, R> task) {
    if (items.isEmpty()) return List.of();
    var results = new ArrayList<R>(items.size());
    if (items.size() == 1) {
      results.add(task.apply(items.getFirst()));
      return results;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<R>>(items.size());
      for (var item : items) futures.add(threads.submit(() -> task.apply(item)));
      for (var future : futures) results.add(future.get());
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for context sources", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException bug) throw bug;
      throw new IllegalStateException(e.getCause());
    }
  }
}
