package mimo.agent.command;

import java.util.List;
import java.util.Locale;
import mimo.agent.command.CommandOrder.Network;

/// What a failed command's output gives away: that walls stood in its way, and what would help
/// (A59).
final class OutputHints {

  /// Only the end of an output tells why a command failed.
  private static final int LOOKED_AT = 4_000;

  private static final List<String> NO_NETWORK =
      List.of(
          "could not resolve host",
          "temporary failure in name resolution",
          "name or service not known",
          "enotfound",
          "eai_again",
          "unknownhostexception",
          "network is unreachable",
          "no address associated with hostname",
          "failed to lookup address",
          "getaddrinfo",
          "enetunreach",
          "nodename nor servname",
          "dial tcp: lookup");

  private static final List<String> READ_ONLY =
      List.of(
          "read-only file system",
          "erofs",
          "readonlyfilesystemexception",
          "device or resource busy",
          ": is a directory");

  private static final String NETWORK_HINT =
      "This looks like the missing network: commands run without it. Ask for it with"
          + " network: true, or let the user set sandbox.network to on.";

  private static final String READ_ONLY_HINT =
      "This looks like a place the sandbox keeps read-only: only the workspace and /tmp can be"
          + " written, and in the workspace not .git/config, .git/hooks, instruction files and"
          + " other protected names. Use write or edit for a protected file: the user is asked.";

  private OutputHints() {}

  /// The hint for a sandboxed command that failed with `output`; empty if there is none.
  static String of(String output, Network network) {
    var end = output.substring(Math.max(0, output.length() - LOOKED_AT)).toLowerCase(Locale.ROOT);
    if (network == Network.NONE && NO_NETWORK.stream().anyMatch(end::contains)) {
      return NETWORK_HINT;
    }
    return READ_ONLY.stream().anyMatch(end::contains) ? READ_ONLY_HINT : "";
  }
}
