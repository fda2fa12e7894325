package mimo.cli.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.BuiltinAgents;
import mimo.agent.file.FileActivity;
import mimo.agent.file.PathGuard;
import mimo.agent.file.ScriptWrites;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.quota.Quotas.Standing;
import mimo.cli.run.LocalRuns;
import mimo.cli.run.ModelNames;
import mimo.cli.run.RunOptions;
import mimo.cli.terminal.Audience;
import mimo.engine.Activity;
import mimo.engine.Engine;
import mimo.engine.RunKeeper;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;
import mimo.sandbox.ErasedTexts;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxLimits;
import org.jspecify.annotations.Nullable;

/// A folder and a sandbox, but neither a store nor a model: whoever asks for one fails the test.
public record BareWorkshop(Path folder) implements LocalRuns.Workshop {

  @Override
  public Map<String, AgentDefinition> agents() {
    return BuiltinAgents.all().stream()
        .collect(Collectors.toMap(AgentDefinition::name, Function.identity()));
  }

  @Override
  public Sandbox sandbox() {
    return new InlineSandbox(SandboxLimits.defaults());
  }

  @Override
  public ErasedTexts erasedTexts() {
    return ErasedTexts.NONE;
  }

  @Override
  public Resolution model(@Nullable String reference) {
    return new Resolution.Unresolved("model_unknown", "no model is called " + reference);
  }

  @Override
  public Resolution namedModel(String reference) {
    return new Resolution.Unresolved("no_key", "no key opens " + reference);
  }

  @Override
  public Optional<Resolution> settledModel(ModelNames run, String reference) {
    return Optional.empty();
  }

  @Override
  public Map<String, String> aliases(@Nullable String model) {
    return Map.of();
  }

  @Override
  public void tell(String notice) {
    throw new AssertionError(notice);
  }

  @Override
  public Engine engine(RunOptions options, Audience audience, Activity lookup, Standing standing) {
    throw new AssertionError("a run was started");
  }

  @Override
  public Engine reader() {
    throw new AssertionError("the store was opened");
  }

  @Override
  public RunKeeper keeper() {
    throw new AssertionError("the store was opened");
  }

  @Override
  public Redaction keptRedaction() {
    return key -> new SecretRedactor(new LiveValues(List.of()), key, Rules.ALL);
  }

  @Override
  public Outlook outlook(Grant asked) {
    throw new AssertionError("a run was about to ask for " + asked);
  }

  @Override
  public Activity files() {
    try {
      var guard = PathGuard.over(folder);
      return new FileActivity(guard, ScriptWrites.rehearsed(guard));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
