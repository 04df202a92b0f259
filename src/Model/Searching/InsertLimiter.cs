using Tempera.Model.Settings;

namespace Tempera.Model.Searching;

/// <summary>
/// Keeps learning and searching in step: with r trajectories to be trained on for each one inserted, the balance
/// r * inserted - trained stays within plus or minus a tolerance.
/// </summary>
/// <remarks>
/// The sample-to-insert ratio of Reverb (Cassirer et al. 2021, arXiv 2102.04736). The tolerance is at least a whole round of either kind,
/// and r at least what a round trains on itself, so that one of the two may always go on.
/// </remarks>
public sealed class InsertLimiter
{
    private readonly double _tolerance;

    /// <summary>The limiter of resolved settings, nothing inserted yet.</summary>
    public InsertLimiter(LearnerSettings settings)
    {
        var least = SearchSettingEntries.LeastSamplesPerInsert(settings);
        Ratio = Math.Max(settings.Search.SamplesPerInsert, least);
        _tolerance = settings.Search.InsertTolerance * Math.Max(settings.Batch + settings.ReplayBatch, Ratio * settings.Batch);
    }

    /// <summary>Trajectories to be trained on for each one inserted.</summary>
    public double Ratio { get; }

    /// <summary>Trajectories inserted.</summary>
    public long Inserted { get; private set; }

    /// <summary>Trajectories trained on.</summary>
    public long Trained { get; private set; }

    /// <summary>True when a round may take newly inserted trajectories and train on them and on others.</summary>
    /// <param name="inserted">Trajectories it takes.</param>
    /// <param name="trained">Trajectories it trains on, those included.</param>
    public bool MayLearn(int inserted, int trained) => (Ratio * (Inserted + inserted)) - Trained - trained >= -_tolerance;

    /// <summary>True when further trajectories may be asked for beside those that are under way.</summary>
    public bool MayInsert(int underWay, int more) => (Ratio * (Inserted + underWay + more)) - Trained <= _tolerance;

    /// <summary>Counts a round.</summary>
    public void Count(long inserted, long trained) => (Inserted, Trained) = (Inserted + inserted, Trained + trained);
}
