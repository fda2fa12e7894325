package mimo.cli.command;

import org.jspecify.annotations.Nullable;

/// What a run is to be started with; null means: not said on the command line.
///
/// @param arguments the script's `args` as JSON text
/// @param model `provider/id` or an alias
/// @param concurrency how many agents work at once
/// @param budget what the run may spend, for example `200k` or `1.5usd`
/// @param maxAgents how many agents the run may start
/// @param dialect the habits the script is written for
/// @param output the file for a text result; `-` for none
public record Launch(
    Script script,
    @Nullable String arguments,
    @Nullable String model,
    @Nullable Integer concurrency,
    @Nullable String budget,
    @Nullable Integer maxAgents,
    @Nullable String dialect,
    @Nullable String output) {}
