package mimo.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import mimo.sandbox.Compilation.Compiled;
import mimo.sandbox.Compilation.Import;
import mimo.sandbox.Compilation.Reference;
import mimo.sandbox.Compilation.Rejected;
import mimo.sandbox.Compilation.SchemaLiteral;
import mimo.sandbox.ImportedFiles.Found;
import org.jspecify.annotations.Nullable;

/// Puts a script together with the files it imports: has each compiled once, finds cycles, and
/// tells the engine which import means which file (L13–L15).
final class Assembly {

  /// What the imports of one file mean.
  ///
  /// @param file empty for the script itself
  /// @param targets the name of a compiled file for each import
  record Link(String file, List<String> targets) {
    Link {
      targets = List.copyOf(targets);
    }
  }

  /// Has one file compiled, or all of them joined.
  interface Compiler {

    Compilation script(ScriptSource source) throws InterruptedException;

    Compilation module(ScriptSource source) throws InterruptedException;

    /// @param order every imported file before those that import it; the script itself last
    Compilation link(List<Link> order) throws InterruptedException;
  }

  private final Compiler compiler;
  private final ImportedFiles files;
  private final int maxFiles;

  /// The files that were compiled, by name; not [Compiled] if they are at fault.
  private final Map<String, Compilation> known = new LinkedHashMap<>();

  /// The files on the way from the script to where the walk is, to see cycles.
  private final List<String> open = new ArrayList<>();

  private final List<Link> order = new ArrayList<>();
  private final List<ScriptFault> faults = new ArrayList<>();

  Assembly(Compiler compiler, ImportedFiles files, int maxFiles) {
    this.compiler = compiler;
    this.files = files;
    this.maxFiles = maxFiles;
  }

  /// Compiles a script and all it imports. Nothing of it has run.
  Compilation assemble(ScriptSource script) throws InterruptedException {
    var compilation = compiler.script(script);
    if (!(compilation instanceof Compiled compiled) || compiled.imports().isEmpty()) {
      return compilation;
    }
    open.add(script.name());
    walk(script, "", compiled);
    if (!faults.isEmpty()) {
      return new Rejected(faults);
    }
    return compiler.link(order) instanceof Rejected rejected
        ? rejected
        : new Compiled(
            compiled.meta(),
            compiled.imports(),
            all(compiled, Compiled::free, Reference::in),
            all(compiled, Compiled::schemas, SchemaLiteral::in),
            all(compiled, Compiled::options, Reference::in),
            all(compiled, Compiled::scripts, Reference::in));
  }

  /// What is said of any of the files.
  ///
  /// @param in moves what is said into the file of this name
  private <T> List<T> all(
      Compiled script, Function<Compiled, List<T>> what, BiFunction<T, String, T> in) {
    var all = new ArrayList<>(what.apply(script));
    known.forEach((file, compilation) -> {
      if (compilation instanceof Compiled compiled) {
        what.apply(compiled).forEach(each -> all.add(in.apply(each, file)));
      }
    });
    return all;
  }

  /// Compiles what a file imports, then notes the file itself.
  private void walk(ScriptSource source, String file, Compiled compiled)
      throws InterruptedException {
    var targets = new ArrayList<String>();
    for (var wanted : compiled.imports()) {
      var target = resolve(source, file, wanted);
      if (target != null) {
        targets.add(target);
      }
    }
    order.add(new Link(file, targets));
  }

  private @Nullable String resolve(ScriptSource importer, String file, Import wanted)
      throws InterruptedException {
    return switch (files.find(importer, wanted.specifier())) {
      case Found.Refused(var code, var message) -> {
        fault(code, file, wanted, message);
        yield null;
      }
      case Found.File(var source) -> {
        if (open.contains(source.name())) {
          fault("script_invalid", file, wanted, "imports in a circle: " + circle(source.name()));
          yield null;
        }
        if (!known.containsKey(source.name())) {
          module(source, file, wanted);
        }
        yield source.name();
      }
    };
  }

  private void module(ScriptSource source, String file, Import wanted) throws InterruptedException {
    if (known.size() == maxFiles) {
      fault("script_invalid", file, wanted, "a script may import " + maxFiles + " files at most");
      return;
    }
    var compilation = compiler.module(source);
    known.put(source.name(), compilation);
    switch (compilation) {
      case Rejected rejected -> rejected.faults().forEach(f -> faults.add(f.in(source.name())));
      case Compiled compiled -> {
        open.add(source.name());
        walk(source, source.name(), compiled);
        open.removeLast();
      }
    }
  }

  private String circle(String name) {
    return String.join(" → ", open.subList(open.indexOf(name), open.size())) + " → " + name;
  }

  private void fault(String code, String file, Import wanted, String message) {
    var at = wanted.position();
    faults.add(new ScriptFault(code, "ImportError", message, at.line(), at.column(), "", file));
  }
}
