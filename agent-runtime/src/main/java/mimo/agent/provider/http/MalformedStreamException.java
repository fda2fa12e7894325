package mimo.agent.provider.http;

import java.io.IOException;

/// A reply arrived whole but does not mean anything; its message says why.
public final class MalformedStreamException extends IOException {

  private static final long serialVersionUID = 1L;

  public MalformedStreamException(String message) {
    super(message);
  }
}
