package mimo.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/// Hears the operating system's signals.
///
/// By reflection on `sun.misc.Signal`: it is exported by `jdk.unsupported`, but naming it is a
/// warning javac lets nobody suppress, and warnings are errors here. A shutdown hook is no way out:
/// it cannot tell a second signal from the first.
final class Signals {

  private Signals() {}

  /// Runs `action` on a thread of the JVM whenever the signal comes, unless whoever started this
  /// process chose to ignore it: what runs under nohup outlives its terminal. On a JVM without
  /// signals nothing happens, and the signal's usual effect stays.
  static void handle(String name, Runnable action) {
    try {
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var handle = signalType.getMethod("handle", signalType, handlerType);
      var signal = signalType.getConstructor(String.class).newInstance(name);
      InvocationHandler run =
          (proxy, method, arguments) -> {
            action.run();
            return null;
          };
      var ours =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handlerType}, run);
      var before = handle.invoke(null, signal, ours);
      if (handlerType.getField("SIG_IGN").get(null).equals(before)) {
        handle.invoke(null, signal, before);
      }
    } catch (ReflectiveOperationException e) {
      // Without the class, or for a signal this system lacks: told above.
      return;
    }
  }
}
