package mimo.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a guest starts with.
///
/// @param library trusted scripts run before the realm is frozen, in order; each is the body of a
///   function that gets the kernel object `wf` and installs names for the script
/// @param arguments the value of `args` as JSON text; null for `undefined`
/// @param settings a JSON object the library reads as `wf.settings`
/// @param seed 32 bytes in hex, from which all the guest's randomness comes
/// @param clock the guest's time until the first settlement
/// @param spent what the guest reads as spent until the first settlement
public record GuestLaunch(
    List<ScriptSource> library,
    @Nullable String arguments,
    String settings,
    String seed,
    Instant clock,
    long spent) {
  public GuestLaunch {
    library = List.copyOf(library);
  }

  /// The same with another library.
  public GuestLaunch withLibrary(List<ScriptSource> other) {
    return new GuestLaunch(other, arguments, settings, seed, clock, spent);
  }
}
