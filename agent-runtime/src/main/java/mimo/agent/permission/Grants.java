package mimo.agent.permission;

import java.util.List;
import java.util.stream.Stream;

/// What was answered with "always" in a workspace. Thread-safe.
public interface Grants {

  /// All of it, as rules that allow.
  List<Rule> rules();

  /// From now on these are allowed.
  void add(List<Grant> grants);

  /// The same, and these.
  default Grants and(List<Rule> more) {
    var usual = this;
    return new Grants() {
      @Override
      public List<Rule> rules() {
        return Stream.concat(usual.rules().stream(), more.stream()).toList();
      }

      @Override
      public void add(List<Grant> grants) {
        usual.add(grants);
      }
    };
  }
}
