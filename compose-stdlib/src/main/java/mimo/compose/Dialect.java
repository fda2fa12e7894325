package mimo.compose;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which tool's habits a script is written for (L20). What differs is little: see the reference.
public enum Dialect {
  CLAUDE,
  MIMOCODE,
  ODW;

  private static final String OWN_FOLDER = "/.mimocode/workflows/";

  /// The name scripts and command lines use.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws ComposeException `bad_argument` naming the dialects there are
  public static Dialect parse(String word) {
    return Arrays.stream(values())
        .filter(dialect -> dialect.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new ComposeException("bad_argument", "the dialect is " + words() + "; found " + word));
  }

  /// The dialect of a script: what the launch says, else the script, else its folder (L20).
  ///
  /// @param launch what the launch says, if anything
  /// @param location the script's absolute path, or what else it is found by
  public static Dialect of(@Nullable String launch, ScriptMeta meta, String location) {
    if (launch != null) {
      return parse(launch);
    }
    var own = location.replace('\\', '/').contains(OWN_FOLDER);
    return meta.dialect().orElse(own ? MIMOCODE : CLAUDE);
  }

  private static String words() {
    return Arrays.stream(values()).map(Dialect::word).collect(Collectors.joining(", "));
  }
}
