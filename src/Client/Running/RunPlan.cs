using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>What a sitting will do, decided before anything is started.</summary>
/// <param name="Directory">Where.</param>
/// <param name="CampaignId">Id inside the directory.</param>
/// <param name="Specification">Resolved specification.</param>
/// <param name="Rounds">Total rounds the user named; null for what is recorded or the task's default.</param>
/// <param name="Recorded">The configuration of an existing run; null for a new one.</param>
internal sealed record RunPlan(
    RunDirectory Directory, string CampaignId, CampaignSpecification Specification, int? Rounds, RunConfiguration? Recorded)
{
    /// <summary>The plan of <c>run</c>: a new campaign, or the existing one of the same specification.</summary>
    /// <exception cref="CommandException">The directory holds another campaign or other files.</exception>
    public static RunPlan ForRun(CommandEnvironment environment, CampaignSpecification requested, string? path)
    {
        var id = $"{requested.Task}-seed{requested.Seed}";
        var directory = RunDirectory.At(environment, path ?? System.IO.Path.Combine("runs", id));
        var existing = File.Exists(directory.ConfigurationFile) ? RunConfiguration.Read(directory.ConfigurationFile) : null;
        DataDirectory.Restore(environment, existing?.Data);
        var resolved = environment.Engine.Resolve(requested);
        if (File.Exists(directory.Path))
        {
            throw CommandException.Usage($"A run needs a directory; {directory.DisplayPath} is a file. Choose another path with --out.");
        }

        if (existing is { } recorded)
        {
            // Resolved again, so that a setting that a later version brought has its default in a run of an earlier one.
            RequireSame(directory, environment.Engine.Resolve(WithHost(recorded.Specification, resolved)), resolved);
            return new(directory, recorded.Campaign, WithHost(recorded.Specification, resolved), requested.Rounds, recorded);
        }

        if (!directory.IsFree && !directory.HoldsRun)
        {
            throw CommandException.Usage(
                $"A run needs an empty directory or the one of its own campaign; {directory.DisplayPath} holds other files. Choose another with --out.");
        }

        return new(directory, id, resolved, requested.Rounds, null);
    }

    /// <summary>The plan of <c>resume</c>: what is recorded, on this host.</summary>
    /// <exception cref="CommandException">The configuration is missing or damaged.</exception>
    public static RunPlan ForResume(CommandEnvironment environment, RunDirectory directory, int? rounds, IReadOnlyDictionary<string, string> hostSettings)
    {
        if (!File.Exists(directory.ConfigurationFile))
        {
            throw CommandException.Failed(
                $"A run directory holds config.json; {directory.DisplayPath} has lost it. Restore it from a copy, or name the same settings again: `tempera run TASK ... --out {directory.DisplayPath}`.");
        }

        var recorded = RunConfiguration.Read(directory.ConfigurationFile);
        DataDirectory.Restore(environment, recorded.Data);
        var specification = recorded.Specification with { Settings = recorded.Specification.Settings.SetItems(hostSettings) };
        return new(directory, recorded.Campaign, specification, rounds, recorded);
    }

    private static CampaignSpecification WithHost(CampaignSpecification recorded, CampaignSpecification requested) => recorded with
    {
        Settings = recorded.Settings.SetItems(requested.Settings.Where(static pair => SpecificationDifference.HostSettings.Contains(pair.Key))),
    };

    private static void RequireSame(RunDirectory directory, CampaignSpecification recorded, CampaignSpecification resolved)
    {
        var differences = SpecificationDifference.Find(recorded, resolved);
        if (differences is [var first, ..])
        {
            var others = differences.Count > 1 ? $" (also {string.Join(", ", differences.Skip(1).Select(static difference => difference.Setting))})" : "";
            throw CommandException.Usage(
                $"A run directory keeps one specification; {directory.DisplayPath} has {first.Setting} = {first.Recorded}, received {first.Requested}{others}. "
                + $"Choose another directory with --out, or carry on with the recorded settings: `tempera resume {directory.DisplayPath}`.");
        }
    }
}
