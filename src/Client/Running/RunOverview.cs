using Tempera.Contracts.Campaigns;
using Tempera.Silo.Tools;

namespace Tempera.Client.Running;

/// <summary>What a run is, before its first round.</summary>
internal sealed record RunOverview
{
    /// <summary>The task with its sizes.</summary>
    public required TaskSummary Task { get; init; }

    /// <summary>The resolved specification.</summary>
    public required CampaignSpecification Specification { get; init; }

    /// <summary>Full path of the run directory.</summary>
    public required string Directory { get; init; }

    /// <summary>The directory as a person would type it.</summary>
    public required string DisplayDirectory { get; init; }

    /// <summary>The compute device, for people.</summary>
    public string Device { get; init; } = "";

    /// <summary>Rounds committed before this sitting.</summary>
    public int StartRound { get; init; }

    /// <summary>Rounds asked for in total.</summary>
    public int TargetRound { get; init; }

    /// <summary>A setting's value, or a dash.</summary>
    public string Setting(string name) => Specification.Settings.GetValueOrDefault(name, "-");
}
