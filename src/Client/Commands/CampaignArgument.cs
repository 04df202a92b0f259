using System.CommandLine;

using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Engine;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Commands;

/// <summary>The argument CAMPAIGN, and opening what it names for reading.</summary>
internal static class CampaignArgument
{
    /// <summary>Creates the argument.</summary>
    public static Argument<string> Create() => new("CAMPAIGN") { Description = "A run directory, or its name below runs/." };

    /// <summary>Opens a run for reading, whether or not another process is running it, and hands it to a body.</summary>
    public static async Task<T> Read<T>(
        CommandEnvironment environment, RunDirectory directory, bool verbose, Func<ICampaignGrain, RunConfiguration, Task<T>> body, CancellationToken cancellationToken)
    {
        if (!File.Exists(directory.ConfigurationFile))
        {
            throw CommandException.Failed(
                $"A run directory holds config.json; {directory.DisplayPath} has lost it. Restore it from a copy, or run the same settings again with `tempera run TASK --out {directory.DisplayPath}`.");
        }

        var configuration = RunConfiguration.Read(directory.ConfigurationFile);
        DataDirectory.Restore(environment, configuration.Data);
        await using var session = await environment.Engine.Open(
            new SessionRequest(directory.Path, configuration.Campaign, ReadOnly: true, verbose), cancellationToken);
        return await body(session.Campaign, configuration);
    }
}
