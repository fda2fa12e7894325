package mimo.sandbox.graal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.compile.CompiledScript;
import mimo.sandbox.compile.Linker;
import org.graalvm.polyglot.Value;

/// The files a script imports, compiled and parsed. Confined to one thread.
final class GuestModules {

  private record Module(int number, CompiledScript compiled, Value program) {}

  private record Linked(Module module, List<String> targets) {}

  private final Map<String, Module> files = new HashMap<>();

  /// In the order in which they run; the kernel knows them by their places here.
  private final List<Linked> order = new ArrayList<>();

  private final Linker linker = new Linker();
  private List<String> scriptTargets = List.of();

  /// The name under which the engine is to know the next file.
  String sourceName() {
    return GuestFiles.engineName(files.size() + 1);
  }

  void add(CompiledScript compiled, Value program) {
    files.put(compiled.name(), new Module(files.size() + 1, compiled, program));
  }

  /// @throws IllegalArgumentException if there is no such file, or a target does not run before it
  void link(String file, List<String> targets) {
    var module = files.get(file);
    if (module == null) {
      throw new IllegalArgumentException("no file " + file + " was compiled");
    }
    linker.take(module.compiled(), targets);
    order.add(new Linked(module, targets));
  }

  List<ScriptFault> linkScript(CompiledScript script, List<String> targets) {
    linker.take(script, targets);
    scriptTargets = targets;
    return linker.faults();
  }

  /// The program's files by the number in their engine name; the script itself is the first.
  GuestFiles files(CompiledScript script) {
    var all = new CompiledScript[files.size() + 1];
    all[0] = script;
    files.values().forEach(module -> all[module.number()] = module.compiled());
    return new GuestFiles(List.of(all));
  }

  /// Gives the kernel what runs before the script.
  void hand(Value kernel) {
    for (var linked : order) {
      kernel
          .getMember("addModule")
          .executeVoid(linked.module().program().execute(), places(linked.targets()));
    }
    kernel.getMember("linkBody").executeVoid(places(scriptTargets));
  }

  /// As a JSON array of places in the order.
  private String places(List<String> targets) {
    return targets.stream()
        .map(target -> {
          int place = 0;
          while (!order.get(place).module().compiled().name().equals(target)) {
            place++;
          }
          return place;
        })
        .toList()
        .toString();
  }
}
