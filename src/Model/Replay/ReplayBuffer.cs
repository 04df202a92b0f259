using Tempera.Model.Collections;
using Tempera.Model.Random;
using Tempera.Model.Tasks;

namespace Tempera.Model.Replay;

/// <summary>
/// Every evaluated unique terminal object with its score, and prioritised draws from it (PRT): a share of a batch from the
/// rewards at or above a quantile, the rest from those at or below it, both uniformly with replacement.
/// </summary>
/// <remarks>
/// The quantile is that of the rewards of the unique objects with linear interpolation (type 7 of Hyndman and Fan). Rows are
/// numbered in the order of arrival and never change. Not thread safe: one caller at a time. Shen et al. 2023 (arXiv 2305.07170), section 5.1.
/// </remarks>
public sealed class ReplayBuffer
{
    /// <summary>Draws are empty while the buffer has fewer objects than this.</summary>
    public const int MinimumObjects = 10;

    /// <summary>
    /// Most bytes an object takes beyond the first 4,096: 32 in columns, at most 5 in the order (grown by a quarter) and
    /// 5.3 to 10.7 in the table of duplicates (doubled at three quarters full).
    /// </summary>
    public const int BytesPerObject = 48;

    private readonly PackedSet _objects = new();
    private readonly ChunkedColumn<double> _scores = new();
    private readonly ChunkedColumn<int> _rounds = new();
    private readonly ChunkedColumn<float> _betas = new();
    private readonly RewardScale _reward;
    private readonly ScoreOrder _order;

    /// <summary>Creates an empty buffer for a task's reward scale.</summary>
    public ReplayBuffer(RewardScale reward) => (_reward, _order) = (reward, new ScoreOrder(_scores));

    /// <summary>Unique objects.</summary>
    public int Count => _scores.Count;

    /// <summary>Bytes of the arrays behind the buffer.</summary>
    public long AllocatedBytes => _objects.AllocatedBytes + _scores.Capacity * 8 + _rounds.Capacity * 4 + _betas.Capacity * 4 + _order.AllocatedBytes;

    /// <summary>Row of the highest score, the first to reach it; -1 while empty.</summary>
    public int BestIndex { get; private set; } = -1;

    /// <summary>The object of a row.</summary>
    public UInt128 Object(int index) => _objects[index];

    /// <summary>Raw score of a row.</summary>
    public double Score(int index) => _scores[index];

    /// <summary>log R(x) of a row, before beta.</summary>
    public double LogReward(int index) => _reward.LogReward(_scores[index]);

    /// <summary>Round in which a row's object was first appended.</summary>
    public int FirstRound(int index) => _rounds[index];

    /// <summary>Inverse temperature a row's object was first proposed at.</summary>
    public float Beta(int index) => _betas[index];

    /// <summary>Row of an object, or -1.</summary>
    public int IndexOf(UInt128 terminal) => _objects.IndexOf(terminal);

    /// <summary>Row at a rank by (score, row), 0 being the lowest score.</summary>
    public int IndexAtRank(int rank) => _order[rank];

    /// <summary>
    /// Adds the objects that are not there yet, each with its first score; returns how many they are. The newcomers are the
    /// rows from the old <see cref="Count"/> on. All spans have the same length.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ or a score is not finite; nothing is added.</exception>
    public int Append(int round, ReadOnlySpan<UInt128> objects, ReadOnlySpan<double> scores, ReadOnlySpan<float> betas)
    {
        Check(objects.Length, scores, betas.Length);
        var before = Count;
        for (var i = 0; i < objects.Length; i++)
        {
            if (!_objects.Add(objects[i]).Added)
            {
                continue;
            }

            _scores.Add(scores[i]);
            _rounds.Add(round);
            _betas.Add(betas[i]);
            if (BestIndex < 0 || scores[i] > _scores[BestIndex])
            {
                BestIndex = Count - 1;
            }
        }

        _order.Append();
        return Count - before;
    }

    /// <summary>
    /// Draws rows for a round: <paramref name="count"/> times <paramref name="topShare"/> (rounded) from the top stratum, then
    /// the rest. Returns how many were written: <paramref name="count"/>, or 0 below <see cref="MinimumObjects"/>. A function of seed, round and content.
    /// </summary>
    /// <exception cref="ArgumentException">The count does not fit the span, or the quantile or the share is outside [0, 1].</exception>
    public int Draw(int round, RandomStreams streams, int count, double quantile, double topShare, Span<int> indices) =>
        Draw(streams.At(RandomStreams.Replay, round), count, quantile, topShare, indices);

    /// <summary>As the other overload, from draws 0..count-1 of a stream. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The count does not fit the span, or the quantile or the share is outside [0, 1].</exception>
    public int Draw(RandomStream random, int count, double quantile, double topShare, Span<int> indices)
    {
        CheckDraw(count, quantile, topShare, indices.Length);
        if (Count < MinimumObjects)
        {
            return 0;
        }

        var (topStart, restEnd) = Strata(quantile);
        var top = (int)Math.Round(count * topShare, MidpointRounding.AwayFromZero);
        for (var i = 0; i < count; i++)
        {
            var (from, to) = i < top ? (topStart, Count) : (0, restEnd);
            indices[i] = _order[from + (int)random.Below((ulong)i, to - from)];
        }

        return count;
    }

    /// <summary>Ranks of the strata at a quantile: the top one is [TopStart, Count), the rest [0, RestEnd); ties at the threshold are in both.</summary>
    internal (int TopStart, int RestEnd) Strata(double quantile)
    {
        // Rewards grow with max(score, floor), so both strata are found from the order of scores without one logarithm.
        var position = quantile * (Count - 1);
        var rank = (int)position;
        var threshold = Clipped(rank);
        if (position > rank && Clipped(rank + 1) > threshold)
        {
            return (rank + 1, rank + 1);
        }

        return (threshold <= _reward.Floor ? 0 : _order.LowerBound(threshold), _order.UpperBound(threshold));
    }

    private double Clipped(int rank) => Math.Max(_scores[_order[rank]], _reward.Floor);

    private static void Check(int objects, ReadOnlySpan<double> scores, int betas)
    {
        if (objects != scores.Length || objects != betas)
        {
            throw new ArgumentException($"A batch needs one score and one beta an object; got {objects} objects, {scores.Length} scores and {betas} betas. Pass spans of one length.");
        }

        foreach (var score in scores)
        {
            if (!double.IsFinite(score))
            {
                throw new ArgumentException($"A score must be finite; got {score}. Leave failed evaluations out of the batch.");
            }
        }
    }

    private static void CheckDraw(int count, double quantile, double topShare, int room)
    {
        if (count < 0 || count > room)
        {
            throw new ArgumentException($"The count must be from 0 to the length of the span, {room}; got {count}. Pass a longer span.");
        }

        if (!(quantile is >= 0 and <= 1) || !(topShare is >= 0 and <= 1))
        {
            throw new ArgumentException($"Quantile and top share must be in [0, 1]; got {quantile} and {topShare}. Use for example 0.9 and 0.5.");
        }
    }
}
