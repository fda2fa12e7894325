package mimo.cli.testing;

import java.util.List;
import java.util.Optional;
import mimo.cli.script.Script;
import mimo.cli.script.Scripts;

/// The workflows of a mimo that comes with one.
public final class OneBuiltin implements Scripts.Builtins {

  public static final Script SCRIPT =
      new Script(
          "repo-map.js",
          "builtin:repo-map",
          "export const meta = { name: 'repo-map', description: 'Maps.' };");

  @Override
  public List<String> names() {
    return List.of("repo-map");
  }

  @Override
  public Optional<Script> find(String name) {
    return name.equals("repo-map") ? Optional.of(SCRIPT) : Optional.empty();
  }

  @Override
  public Optional<String> readme(String name) {
    return name.equals("repo-map") ? Optional.of("# repo-map\n") : Optional.empty();
  }
}
