using Tempera.Client.Directories;
using Tempera.Client.Engine;
using Tempera.Contracts.Campaigns;
using Tempera.Silo.Tools;

namespace Tempera.Client.Reporting;

/// <summary>Everything the page shows of one campaign.</summary>
internal sealed record CampaignReport
{
    /// <summary>Entry of the legends.</summary>
    public required string Label { get; init; }

    /// <summary>Run directory.</summary>
    public required RunDirectory Directory { get; init; }

    /// <summary>What was started.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Where it stands.</summary>
    public required CampaignSnapshot Snapshot { get; init; }

    /// <summary>The task with its sizes.</summary>
    public required TaskSummary Task { get; init; }

    /// <summary>Exact facts about the target, where there are any.</summary>
    public required ITargetFacts? Target { get; init; }

    /// <summary>Round events, thinned to what a plot can show.</summary>
    public required EventTrace Trace { get; init; }

    /// <summary>How soon the known modes were found.</summary>
    public required Discovery Discovery { get; init; }

    /// <summary>Modes, best first.</summary>
    public required IReadOnlyList<ModeRecord> Modes { get; init; }

    /// <summary>The best evaluated objects, best first.</summary>
    public required IReadOnlyList<EvaluatedObject> Best { get; init; }

    /// <summary>Objects drawn from the policy with their scores, one draw a beta; none without a policy.</summary>
    public required IReadOnlyList<SampleResult> Samples { get; init; }

    /// <summary>The policy against its target.</summary>
    public required IReadOnlyList<EvaluationRecord> Evaluations { get; init; }

    /// <summary>log Z and the logit scales over beta; empty for a method without a policy.</summary>
    public required TemperatureCurves Curves { get; init; }

    /// <summary>Range of the betas explored.</summary>
    public (double Minimum, double Maximum) Betas => Trace.BetaRange;
}
