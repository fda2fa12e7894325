package mimo.sandbox.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.sandbox.ScriptFault;

/// Holds the names that files import to those that the other files export.
public final class Linker {

  private final Map<String, Set<String>> exports = new HashMap<>();
  private final List<ScriptFault> faults = new ArrayList<>();

  /// Takes the next file, after all that it imports.
  ///
  /// @param targets the names of the files its imports mean, in the order of [CompiledScript]
  /// @throws IllegalArgumentException if a target was not taken before, or not each import has one
  public void take(CompiledScript file, List<String> targets) {
    if (targets.size() != file.imports() || !exports.keySet().containsAll(targets)) {
      throw new IllegalArgumentException(
          file.name() + " has " + file.imports() + " imports, which cannot be " + targets);
    }
    for (var wanted : file.wanted()) {
      String target = targets.get(wanted.file());
      if (!exports.getOrDefault(target, Set.of()).contains(wanted.name())) {
        faults.add(
            new ScriptFault(
                "script_invalid",
                "SyntaxError",
                target + " exports no `" + wanted.name() + "`",
                wanted.position().line(),
                wanted.position().column(),
                "",
                file.isScript() ? "" : file.name()));
      }
    }
    var names = new HashSet<>(file.exports());
    for (int star : file.stars()) {
      names.addAll(exports.getOrDefault(targets.get(star), Set.of()));
    }
    exports.put(file.name(), names);
  }

  public List<ScriptFault> faults() {
    return List.copyOf(faults);
  }
}
