package mimo.cli.config;

import java.util.List;

/// What one source says.
record Layer(List<ConfigEntry> entries, List<Ignored> ignored) {
  Layer {
    entries = List.copyOf(entries);
    ignored = List.copyOf(ignored);
  }
}
