package mimo.agent.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The variables a child process gets: a few that are known to be harmless, and those the user
/// names (A45, S30). No key of a provider is among them, whatever anybody names.
///
/// @param variables what a child gets
/// @param refused what the user named and does not get, each with the reason; for people
public record ChildEnvironment(Map<String, String> variables, List<String> refused) {

  private static final Set<String> HARMLESS =
      Set.of("PATH", "HOME", "USER", "SHELL", "LANG", "TERM", "TZ", "TMPDIR");

  private static final String LOCALE = "LC_";
  private static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin";

  /// A secret this short may stand in harmless text by chance.
  private static final int TELLING_CHARS = 8;

  public ChildEnvironment {
    variables = Map.copyOf(variables);
    refused = List.copyOf(refused);
  }

  /// What of `own`, the program's own variables, its children get.
  ///
  /// @param named what the user configured besides
  /// @param keyNames the variables that hold keys of providers
  /// @param secrets the values no child may see, under whatever name
  public static ChildEnvironment of(
      Map<String, String> own,
      Collection<String> named,
      Set<String> keyNames,
      Collection<String> secrets) {
    var variables = new TreeMap<String, String>();
    var refused = new ArrayList<String>();
    own.forEach((name, value) -> {
      boolean wanted = HARMLESS.contains(name) || name.startsWith(LOCALE);
      if (!wanted && !named.contains(name)) {
        return;
      }
      if (keyNames.contains(name) || tells(value, secrets)) {
        refused.add(name + " holds a provider's key, which no child process gets");
      } else {
        variables.put(name, value);
      }
    });
    variables.put("PATH", absolute(variables.getOrDefault("PATH", SEARCH_PATH)));
    return new ChildEnvironment(variables, refused);
  }

  private static boolean tells(String value, Collection<String> secrets) {
    return secrets.stream()
        .filter(secret -> !secret.isEmpty())
        .anyMatch(secret ->
            secret.length() < TELLING_CHARS ? value.equals(secret) : value.contains(secret));
  }

  /// A folder named relatively is found wherever one happens to be, so also in the workspace.
  private static String absolute(String searchPath) {
    var folders =
        Stream.of(searchPath.split(":", -1))
            .filter(folder -> folder.startsWith("/"))
            .collect(Collectors.joining(":"));
    return folders.isEmpty() ? SEARCH_PATH : folders;
  }
}
