package mimo.agent.web;

import java.net.InetAddress;

/// Says which addresses may be connected to. Thread-safe.
@FunctionalInterface
public interface AddressPolicy {

  boolean allows(InetAddress address);
}
