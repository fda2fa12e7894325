package mimo.cli.command;

import mimo.agent.maxmode.MaxMode;
import mimo.agent.maxmode.MaxMode.Policy;
import mimo.cli.error.CommandException;

/// Max Mode in the words of people: a number, a policy, or neither.
public final class MaxWords {

  private MaxWords() {}

  /// What is meant.
  ///
  /// @param number empty for the usual one
  /// @param policy empty for the usual one
  /// @throws CommandException `usage` if one of them is wrong
  public static MaxMode of(String number, String policy, MaxMode usual) {
    return new MaxMode(
        number.isEmpty() ? usual.candidates() : candidates(number),
        policy.isEmpty()
            ? usual.policy()
            : Policy.of(policy)
                .orElseThrow(() ->
                    new CommandException(
                        "usage",
                        "the policy of Max Mode is %s; found '%s'"
                            .formatted(String.join(" or ", Policy.words()), policy))));
  }

  private static int candidates(String number) {
    if (number.matches("\\d{1,2}") && MaxMode.isPossible(Integer.parseInt(number))) {
      return Integer.parseInt(number);
    }
    throw new CommandException(
        "usage", "Max Mode has " + MaxMode.range() + " candidates; found '" + number + "'");
  }
}
