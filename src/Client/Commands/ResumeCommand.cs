using System.Collections.Immutable;
using System.CommandLine;

using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Running;

namespace Tempera.Client.Commands;

/// <summary><c>tempera resume CAMPAIGN|DIR</c>: carry on exactly where it stopped.</summary>
internal static class ResumeCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("resume", "Carry on exactly where a run stopped.");
        var campaign = CampaignArgument.Create();
        var rounds = Parsers.Whole("--rounds", 1, 10_000_000, "N", "Rounds in total; more than recorded extends the run.");
        var threads = new Option<string?>("--threads") { Description = "Threads of the engine on this host.", HelpName = "N" };
        var device = new Option<string?>("--device") { Description = "Compute device on this host: cpu, torch-cpu, cuda, cuda:1 or auto.", HelpName = "DEVICE" };
        var file = new Option<string?>("--file") { Description = "Where the table of a campaign of task table is now; its content must be the same.", HelpName = "FILE" };
        command.Arguments.Add(campaign);
        command.Options.Add(file);
        command.Options.Add(rounds);
        command.Options.Add(threads);
        command.Options.Add(device);
        command.SetAction((result, _) =>
        {
            var host = ImmutableDictionary.CreateBuilder<string, string>();
            Add("threads", result.GetValue(threads));
            Add("device", result.GetValue(device));
            Add("file", result.GetValue(file) is { } path ? environment.FullPath(path) : null);
            var directory = RunDirectory.Find(environment, result.GetRequiredValue(campaign));
            var plan = RunPlan.ForResume(environment, directory, (int?)result.GetValue(rounds), host.ToImmutable());
            environment.Engine.Resolve(plan.Specification);
            return new CampaignRunner(environment, ProgressViews.Choose(environment, common, result), result.GetValue(common.Verbose)).Run(plan);

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    host[name] = value;
                }
            }
        });
        return command;
    }
}
