using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// A pure function of a batch's terms: the mean loss, and its gradient with respect to the log-probabilities and log Z.
/// No engine and no network, so every objective is written once.
/// </summary>
public interface IObjective
{
    /// <summary>Name a user types, for example <c>tb</c>.</summary>
    string Name { get; }

    /// <summary>Returns the loss and writes the three gradient arrays of <paramref name="terms"/>.</summary>
    double Evaluate(TrajectoryTerms terms);
}
