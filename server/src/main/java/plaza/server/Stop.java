package plaza.server;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets a server run until it is asked to stop, closes it, and ends the process with 0.
///
/// The JVM's own answer to SIGTERM is a shutdown hook and exit code 143, which service managers
/// take for a failure; so the signal is taken here where the JDK lets one.
public final class Stop {
  private static final System.Logger LOG = System.getLogger(Stop.class.getName());

  private Stop() {}

  /// Does not return.
  public static void await(AutoCloseable server) {
    var asked = new CountDownLatch(1);
    var closed = new AtomicBoolean();
    var hook = new Thread(() -> close(server, closed), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    take("TERM", asked);
    take("INT", asked);
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(server, closed);
    System.exit(0);
  }

  private static void close(AutoCloseable server, AtomicBoolean closed) {
    if (!closed.compareAndSet(false, true)) return;
    try {
      server.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "Closing failed", e);
      Runtime.getRuntime().halt(1);
    }
  }

  /// By reflection, because the compiler refuses to promise that every JDK has this class.
  @SuppressWarnings("ReferenceEquality") // what a proxy's equals has to mean
  private static void take(String signal, CountDownLatch asked) {
    try {
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var handler =
          Proxy.newProxyInstance(
              Stop.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      asked.countDown();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> signal;
                  });
      signalType
          .getMethod("handle", signalType, handlerType)
          .invoke(null, signalType.getConstructor(String.class).newInstance(signal), handler);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "The JVM answers SIG{0} itself", signal);
    }
  }
}
