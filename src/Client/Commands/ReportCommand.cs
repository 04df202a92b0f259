using System.CommandLine;

using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Reporting;

namespace Tempera.Client.Commands;

/// <summary><c>tempera report CAMPAIGN... --out DIR</c>: one HTML page with plots.</summary>
internal static class ReportCommand
{
    private const string PageName = "index.html";

    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("report", "Write an HTML page with plots of one or several campaigns; it needs no network.");
        var campaigns = new Argument<string[]>("CAMPAIGN") { Description = "Run directories, or their names below runs/.", Arity = ArgumentArity.OneOrMore };
        var target = new Option<string?>("--out", "-o") { Description = "Directory of the page (default CAMPAIGN/report for one, report for several).", HelpName = "DIR" };
        var samples = Parsers.Whole("--samples", 1, 100_000, "N", "Samples of the policy a beta (default 2000).");
        command.Arguments.Add(campaigns);
        command.Options.Add(target);
        command.Options.Add(samples);
        command.SetAction(async (result, cancellationToken) =>
        {
            var directories = result.GetRequiredValue(campaigns).Select(name => RunDirectory.Find(environment, name)).DistinctBy(static directory => directory.Path).ToList();
            var output = result.GetValue(target) is { } path ? RunDirectory.At(environment, path)
                : directories is [var only] ? RunDirectory.At(environment, only.File("report"))
                : RunDirectory.At(environment, "report");
            output.EnsureWritable();
            var collector = new ReportCollector(environment.Engine, (int)(result.GetValue(samples) ?? 2000));
            var collected = new List<CampaignReport>();
            foreach (var directory in directories)
            {
                collected.Add(await CampaignArgument.Read(
                    environment, directory, result.GetValue(common.Verbose), (grain, configuration) => collector.Collect(directory, Label(directory), configuration, grain), cancellationToken));
            }

            // The last part of the path is the name people know; the whole path where two have the same.
            string Label(RunDirectory directory) => directories.Count(other => other.Name == directory.Name) == 1 ? directory.Name : directory.DisplayPath;

            var page = output.File(PageName);
            AtomicFile.Write(page, ReportPage.Write(collected, environment.Time.GetUtcNow()));
            environment.Output.WriteLine(result.GetValue(common.Json)
                ? JsonLines.Line(new { Page = page, Campaigns = collected.ConvertAll(static campaign => campaign.Label) })
                : System.IO.Path.Combine(output.DisplayPath, PageName));
            return ExitCode.Done;
        });
        return command;
    }
}
