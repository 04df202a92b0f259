using Tempera.Model.Engines;

namespace Tempera.Model.Objectives;

/// <summary>
/// A pure function of a batch's terms: the mean loss, and its gradient with respect to the log-probabilities, log Z and
/// whatever parts it asks for. No engine and no network, so every objective is written once.
/// </summary>
/// <remarks>An instance keeps scratch memory, so one caller at a time; it keeps nothing that a result depends on.</remarks>
public interface IObjective
{
    /// <summary>Name a user types, for example <c>tb</c>.</summary>
    string Name { get; }

    /// <summary>The parts the terms must have.</summary>
    TermParts Parts { get; }

    /// <summary>Returns the loss and writes the gradient arrays of <paramref name="terms"/>, those of its parts included.</summary>
    double Evaluate(TrajectoryTerms terms);
}
