package mimo.agent.tool;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import mimo.engine.CancellationToken;

/// Tools that come from elsewhere, and are not known before somebody asks for them. A model is
/// never told of them with a request; it reaches them through `tools` (A35). Thread-safe.
public interface MoreTools {

  /// Where they come from, in words for a model; none if there are none.
  List<String> sources();

  /// What stands for them in the record of what an agent can use.
  List<String> names();

  /// All there are now. To find out may take a while.
  ///
  /// @throws InterruptedException if cancelled
  Found all(CancellationToken cancellation) throws InterruptedException;

  /// Makes ready what these names mean, which may take a while; what fails is tried again by the
  /// next call of this alone.
  ///
  /// @throws InterruptedException if cancelled
  void ready(Set<String> names, CancellationToken cancellation) throws InterruptedException;

  /// The one of this name; at once, if it was made ready.
  Optional<Tool> find(String name);

  /// Those whose names fit, or what stands for them.
  MoreTools only(Predicate<String> names);

  /// What was found.
  ///
  /// @param notes on what was not, for a model
  record Found(List<Tool> tools, List<String> notes) {

    public static final Found NOTHING = new Found(List.of(), List.of());

    public Found {
      tools = List.copyOf(tools);
      notes = List.copyOf(notes);
    }
  }

  /// There are none.
  static MoreTools none() {
    return None.NOWHERE;
  }

  /// The absence of any.
  enum None implements MoreTools {
    NOWHERE;

    @Override
    public List<String> sources() {
      return List.of();
    }

    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public Found all(CancellationToken cancellation) {
      return Found.NOTHING;
    }

    @Override
    public void ready(Set<String> names, CancellationToken cancellation) {
      // There is nothing.
    }

    @Override
    public Optional<Tool> find(String name) {
      return Optional.empty();
    }

    @Override
    public MoreTools only(Predicate<String> names) {
      return this;
    }
  }
}
