package mimo.agent.proposal;

import java.util.Locale;

/// Which command a proposal is from.
public enum Origin {
  DREAM,
  DISTILL;

  /// For people and files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
