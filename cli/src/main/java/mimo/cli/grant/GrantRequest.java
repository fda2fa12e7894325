package mimo.cli.grant;

import java.util.List;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.permission.Outlook.Stand;

/// What a script asks for at the launch of a run, as its user's rules see it.
///
/// @param script what it is called
/// @param hash of the script and all it imports
/// @param items in the order of the script
public record GrantRequest(String script, String hash, List<Item> items) {

  /// One thing it asks for.
  ///
  /// @param reason what the script wants it for; empty if it does not say
  public record Item(Outlook outlook, String reason) {}

  public GrantRequest {
    items = List.copyOf(items);
  }

  /// Everything it asks for.
  List<Grant> asked() {
    return items.stream().map(item -> item.outlook().asked()).toList();
  }

  /// What an answer decides about.
  public List<Grant> open() {
    return standing(Stand.OPEN).stream().map(item -> item.outlook().asked()).toList();
  }

  /// What stands in one way.
  public List<Item> standing(Stand stand) {
    return items.stream().filter(item -> item.outlook().stand() == stand).toList();
  }
}
