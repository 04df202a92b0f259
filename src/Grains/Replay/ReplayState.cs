using System.Collections.Immutable;

namespace Tempera.Grains.Replay;

/// <summary>
/// What a checkpoint keeps of the replay buffer: not the evaluations, which are in the log, but which of them count. A
/// crash leaves records of rounds that were run again under another epoch; the spans tell them apart.
/// </summary>
/// <param name="Objects">Objects in the buffer.</param>
/// <param name="Spans">Where in the log they are, in order.</param>
/// <param name="Modes">Rows of the buffer that are modes, in order of discovery.</param>
internal sealed record ReplayState(int Objects, ImmutableArray<ReplaySpan> Spans, ImmutableArray<int> Modes);

/// <summary>Rounds of one epoch's segment.</summary>
/// <param name="Epoch">Epoch of the segment.</param>
/// <param name="AfterRound">Rounds above this one count.</param>
/// <param name="Round">Rounds up to this one count.</param>
internal readonly record struct ReplaySpan(long Epoch, int AfterRound, int Round);
