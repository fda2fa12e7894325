package mimo.agent.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/// Sockets that connect to nothing the policy refuses: the last look before the connection, at the
/// very address it goes to. Thread-safe.
final class GuardedSockets extends SocketFactory {

  private final AddressPolicy policy;

  GuardedSockets(AddressPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(policy);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unexpected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unexpected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unexpected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unexpected();
  }

  private static IOException unexpected() {
    return new IOException("only sockets that are connected later are handed out");
  }

  private static final class GuardedSocket extends Socket {

    private final AddressPolicy policy;

    GuardedSocket(AddressPolicy policy) {
      this.policy = policy;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress inet)
          || inet.getAddress() == null
          || !policy.allows(inet.getAddress())) {
        throw new IOException("the address is not public");
      }
      super.connect(endpoint, timeout);
    }
  }
}
