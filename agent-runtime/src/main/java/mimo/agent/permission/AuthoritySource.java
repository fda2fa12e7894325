package mimo.agent.permission;

/// Says what agents may do, once the first of them begins: to find out whether there is a sandbox
/// takes a moment. Thread-safe.
@FunctionalInterface
public interface AuthoritySource {

  Authority authority() throws InterruptedException;
}
