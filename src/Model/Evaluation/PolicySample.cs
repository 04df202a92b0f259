namespace Tempera.Model.Evaluation;

/// <summary>Objects drawn from a policy at one beta.</summary>
/// <param name="Objects">Terminal objects, duplicates included <c>[sample]</c>.</param>
/// <param name="LogProbabilities">log p(x | beta) <c>[sample]</c>.</param>
/// <param name="Exact">True when these are exact, false when they are importance estimates.</param>
public sealed record PolicySample(UInt128[] Objects, double[] LogProbabilities, bool Exact);
