using System.CommandLine;

using Tempera.Client.CommandLine;
using Tempera.Silo.Tools;

namespace Tempera.Client.Commands;

/// <summary><c>tempera bench round</c>: what one round costs on this machine.</summary>
internal static class BenchCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("bench", "Measure speed.");
        var round = new Command("round", "Time rounds of the learner, without actors.");
        command.Subcommands.Add(round);
        round.SetAction(result =>
        {
            var measured = environment.Engine.BenchmarkRound(new RoundBenchmarkOptions());
            JsonLines.Write(environment.Output, [measured]);
            return result.GetValue(common.Json) ? ExitCode.Done : ExitCode.Done;
        });
        return command;
    }
}
