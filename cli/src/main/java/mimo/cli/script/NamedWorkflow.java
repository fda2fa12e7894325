package mimo.cli.script;

import mimo.cli.error.CommandException;
import mimo.compose.ComposeException;
import mimo.compose.ScriptMeta;
import mimo.sandbox.MetaLiteral;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// A workflow as a list shows it.
///
/// @param name what it is called by: the file's name without its ending
/// @param location the file, or `builtin:<name>`
/// @param title what it calls itself; empty if that cannot be read
/// @param description empty if it cannot be read
/// @param problem what is wrong with its `meta`, with the place; null if nothing is
/// @param shadowed whether the name means another one
public record NamedWorkflow(
    String name,
    WorkflowOrigin origin,
    String location,
    String title,
    String description,
    @Nullable String problem,
    boolean shadowed) {

  /// What a script says of itself. Only its `meta` is looked at.
  public static NamedWorkflow of(String name, WorkflowOrigin origin, Script script) {
    return switch (MetaLiteral.of(new ScriptSource(script.name(), script.text()))) {
      case MetaLiteral.Faulty(var fault) ->
          broken(
              name,
              origin,
              script.location(),
              "%s:%d:%d: %s"
                  .formatted(script.name(), fault.line(), fault.column(), fault.message()));
      case MetaLiteral.Found(var json) -> {
        try {
          var meta = ScriptMeta.parse(json);
          yield new NamedWorkflow(
              name, origin, script.location(), meta.name(), meta.description(), null, false);
        } catch (ComposeException e) {
          yield broken(name, origin, script.location(), script.name() + ": " + e.getMessage());
        }
      }
    };
  }

  /// A file that cannot even be read.
  static NamedWorkflow unreadable(
      String name, WorkflowOrigin origin, String location, CommandException why) {
    return broken(name, origin, location, String.valueOf(why.getMessage()));
  }

  private static NamedWorkflow broken(
      String name, WorkflowOrigin origin, String location, String problem) {
    return new NamedWorkflow(name, origin, location, "", "", problem, false);
  }

  NamedWorkflow inTheShadow() {
    return new NamedWorkflow(name, origin, location, title, description, problem, true);
  }
}
