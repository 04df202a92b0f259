namespace Tempera.Grains.Evaluations;

/// <summary>The evaluations of one record of the log; the three arrays are <c>[count]</c>.</summary>
/// <param name="Round">Round that proposed the objects.</param>
/// <param name="Oracle">Hash of the version of the oracle that scored them.</param>
/// <param name="Objects">Packed terminal objects.</param>
/// <param name="Betas">Inverse temperatures they were proposed at.</param>
/// <param name="Scores">Raw scores.</param>
internal sealed record EvaluationBatch(int Round, ulong Oracle, UInt128[] Objects, float[] Betas, double[] Scores);

/// <summary>A segment of the log as read.</summary>
/// <param name="Epoch">Epoch that wrote it.</param>
/// <param name="Batches">Its intact records, in order.</param>
/// <param name="Damage">What ends the intact part early, or null.</param>
internal sealed record EvaluationSegment(long Epoch, IReadOnlyList<EvaluationBatch> Batches, string? Damage);
