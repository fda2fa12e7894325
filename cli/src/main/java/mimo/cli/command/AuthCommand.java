package mimo.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import mimo.agent.provider.ApiKey;
import mimo.agent.provider.Origin;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.agent.provider.catalog.StoredKey;
import mimo.cli.command.KeyInput.Echo;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalEcho;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo auth`: stores the keys of providers, and tells where those come from that count (A19).
public final class AuthCommand implements Subcommand {

  private final Setting setting;
  private final KeyInput input;

  public AuthCommand(Setting setting) {
    this(setting, System.in, TerminalEcho::hide);
  }

  AuthCommand(Setting setting, InputStream piped, Echo echo) {
    this.setting = setting;
    this.input = new KeyInput(setting, piped, echo);
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "auth",
            "Store the keys of providers.",
            "",
            "A stored key is for you alone, and sent to the address for which it was stored and no",
            "other. A key of the configuration or of the environment counts before it.",
            "");
    Options.addFormat(spec);
    spec.addSubcommand("login", login());
    var list = Options.command("list", "Show where the keys come from; never the keys.");
    Options.addFormat(list);
    spec.addSubcommand("list", list);
    var logout = Options.command("logout", "Remove a stored key.");
    logout.addPositional(Options.required("PROVIDER", "Whose key."));
    Options.addFormat(logout);
    spec.addSubcommand("logout", logout);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo auth login xiaomi",
            "  pass show openai | mimo auth login openai",
            "  mimo auth list",
            "  mimo auth logout openai");
    return spec;
  }

  private static CommandSpec login() {
    var login =
        Options.command(
            "login",
            "Store a key: typed unseen, or piped in.",
            "",
            "There is no option for the key: words of a command line are seen by other users of",
            "the machine, and stay in the shell's history.",
            "");
    login.addPositional(
        Options.required("PROVIDER", "Whose key: a provider that mimo models lists."));
    Options.addFormat(login);
    return login;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var sub = words.subcommand();
    if (sub == null) {
      list(Options.format(words));
      return ExitCode.OK;
    }
    var format = Options.format(sub);
    switch (sub.commandSpec().name()) {
      case "login" -> login(sub.matchedPositionalValue(0, ""), format);
      case "logout" -> logout(sub.matchedPositionalValue(0, ""), format);
      default -> list(format);
    }
    return ExitCode.OK;
  }

  private void login(String name, Format format) throws InterruptedException {
    var inspection = setting.inspection().get();
    var provider = provider(name, inspection.providers());
    var url =
        provider
            .address()
            .orElseThrow(() ->
                new CommandException(
                    "provider_config",
                    "provider.%s.options.baseURL must say where it is".formatted(provider.id())));
    var origin = Origin.of(url);
    var key = input.read("Key for " + provider.id() + " (" + origin + "), typed unseen: ");
    try {
      var _ = ApiKey.of(key, url);
    } catch (IllegalArgumentException unusable) {
      throw new CommandException("provider_config", String.valueOf(unusable.getMessage()));
    }
    inspection.keys().store(provider.id(), new StoredKey(key, origin));
    tell(
        format,
        provider.id(),
        "stored",
        "Stored the key of %s in %s; it goes to %s alone.%s"
            .formatted(provider.id(), inspection.keys().path(), origin, overridden(provider)));
  }

  /// What else holds a key of this provider, and counts before a stored one.
  private static String overridden(ProviderListing provider) {
    var source = provider.keySource();
    return source.isEmpty() || source.equals(ProviderListing.STORE)
        ? ""
        : " " + source + " is set too, and counts before it.";
  }

  private void logout(String name, Format format) {
    var inspection = setting.inspection().get();
    var id =
        inspection.providers().stream()
            .filter(provider -> name.equals(provider.id()) || name.equals(provider.alias()))
            .map(ProviderListing::id)
            .findFirst()
            .orElse(name);
    if (!inspection.keys().remove(id)) {
      throw new CommandException(
          "auth_unknown",
          "no key of '"
              + name
              + "' is stored"
              + Nearest.hint(name, List.copyOf(inspection.keys().keys().keySet())));
    }
    tell(format, id, "removed", "Removed the key of " + id + ".");
  }

  private void tell(Format format, String provider, String done, String line) {
    if (format == Format.TEXT) {
      setting.say(TerminalText.oneLine(line));
    } else {
      setting.say(
          JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("v", 1);
            json.writeStringField("provider", provider);
            json.writeStringField("done", done);
            json.writeEndObject();
          }));
    }
  }

  private static ProviderListing provider(String name, List<ProviderListing> providers) {
    return providers.stream()
        .filter(provider -> name.equals(provider.id()) || name.equals(provider.alias()))
        .findFirst()
        .orElseThrow(() ->
            new CommandException(
                "auth_unknown",
                "there is no provider '"
                    + name
                    + "'"
                    + Nearest.hint(name, providers.stream().map(ProviderListing::id).toList())));
  }

  /// A key, and whether it is the one that counts.
  ///
  /// @param source the variable, the configuration key or the file that holds it
  /// @param remark why it does not count; empty if it does
  private record Held(String provider, String source, String origin, String remark) {}

  private void list(Format format) {
    var held = held();
    switch (format) {
      case TEXT -> {
        for (var key : held) {
          var why = key.remark().isEmpty() ? "" : "  (not used: " + key.remark() + ")";
          setting.say(
              TerminalText.oneLine(
                  "%-12s  %s  from %s%s"
                      .formatted(key.provider(), key.origin(), key.source(), why)));
        }
        if (held.isEmpty()) {
          setting.say("No key is set. Store one with mimo auth login PROVIDER.");
        }
      }
      case JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeArrayFieldStart("keys");
                for (var key : held) {
                  write(json, key);
                }
                json.writeEndArray();
                json.writeEndObject();
              }));
      case STREAM_JSON -> held.forEach(key -> setting.say(JsonText.of(json -> write(json, key))));
    }
  }

  private List<Held> held() {
    var inspection = setting.inspection().get();
    var read = inspection.keys().read();
    var stored = new TreeMap<>(read.keys());
    var held = new ArrayList<Held>();
    for (var provider : inspection.providers()) {
      var where = provider.address().map(url -> Origin.of(url).toString()).orElse("nowhere");
      if (!provider.keySource().isEmpty()) {
        held.add(new Held(provider.id(), provider.keySource(), where, ""));
      }
      var own = stored.remove(provider.id());
      if (own != null && !provider.keySource().equals(ProviderListing.STORE)) {
        var remark =
            provider.keySource().isEmpty()
                ? "the provider is at " + where
                : provider.keySource() + " counts before it";
        held.add(new Held(provider.id(), ProviderListing.STORE, origin(own), remark));
      }
    }
    stored.forEach((id, key) ->
        held.add(
            new Held(
                id, ProviderListing.STORE, origin(key), "no provider of that name is configured")));
    read.unusable()
        .forEach((id, why) -> held.add(new Held(id, ProviderListing.STORE, "nowhere", why)));
    return held;
  }

  private static String origin(StoredKey key) {
    var origin = key.origin();
    return origin == null ? "its usual address" : origin.toString();
  }

  private static void write(JsonGenerator json, Held key) throws IOException {
    json.writeStartObject();
    json.writeStringField("provider", key.provider());
    json.writeStringField("origin", key.origin());
    json.writeStringField("key_from", key.source());
    json.writeBooleanField("used", key.remark().isEmpty());
    if (!key.remark().isEmpty()) {
      json.writeStringField("why", key.remark());
    }
    json.writeEndObject();
  }
}
