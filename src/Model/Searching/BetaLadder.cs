using Tempera.Model.Random;
using Tempera.Model.Settings;

namespace Tempera.Model.Searching;

/// <summary>
/// The betas of S searchers: rungs beta_j = a (b / a)^(j / (S - 1)) or a + (b - a) j / (S - 1), j = 0..S-1, between the ends a and b of P_exp;
/// a single one stands in the middle of the path.
/// </summary>
/// <remarks>
/// <para>Exchange: neighbouring rungs j, j + 1 change searchers with probability min(1, exp((beta_{j+1} - beta_j) (log R(x_j) - log R(x_{j+1})))),
/// x the searchers' last objects, even and odd pairs in turn (parallel tempering; Okabe et al. 2001). So a beta is bound to no machine, and
/// who met good objects goes on at a larger beta.</para>
/// <para>Adaptive rungs: every ten rounds the inner rungs move half of the way to where sqrt((beta_{j+1} - beta_j) (m_{j+1} - m_j)) is the same for
/// all neighbours, m a moving mean of log R: there they would exchange equally often (Syed et al. 2022, arXiv 1905.02939, with the
/// usual approximation of the rejection rate). The ends stay.</para>
/// </remarks>
public sealed class BetaLadder
{
    private const int AdaptEvery = 10;
    private const double Memory = 0.9, Damping = 0.5, LeastGap = 1e-3;
    private const string Stream = "rung-exchange";

    private readonly SearchSettings _settings;
    private readonly float[] _rungs;
    private readonly int[] _rungOf;
    private readonly double[] _means;
    private readonly double[] _last;

    /// <summary>A ladder between two betas.</summary>
    public BetaLadder(SearchSettings settings, float minimum, float maximum)
    {
        _settings = settings;
        var count = settings.Searchers;
        _rungs = [.. Enumerable.Range(0, count).Select(j => Start(count == 1 ? 0.5 : j / (count - 1.0), minimum, maximum))];
        _rungOf = [.. Enumerable.Range(0, count)];
        (_means, _last) = (new double[count], new double[count]);
        Array.Fill(_means, double.NaN);
        Array.Fill(_last, double.NaN);
    }

    /// <summary>The betas, ascending.</summary>
    public IReadOnlyList<float> Rungs => _rungs;

    /// <summary>The beta of a searcher now.</summary>
    public float Beta(int searcher) => _rungs[_rungOf[searcher]];

    /// <summary>Shows what a searcher found at its rung.</summary>
    public void Observe(int searcher, ReadOnlySpan<double> logRewards)
    {
        if (logRewards.IsEmpty)
        {
            return;
        }

        var mean = 0.0;
        foreach (var value in logRewards)
        {
            mean += value / logRewards.Length;
        }

        var rung = _rungOf[searcher];
        _means[rung] = double.IsNaN(_means[rung]) ? mean : (Memory * _means[rung]) + ((1 - Memory) * mean);
        _last[searcher] = logRewards[^1];
    }

    /// <summary>Exchanges and moves rungs at the end of a round, where the settings say so.</summary>
    public void Advance(int round, RandomStreams streams)
    {
        if (_settings.RungExchange == RungExchange.Metropolis)
        {
            Exchange(round, streams.At(Stream, round));
        }

        if (_settings.Ladder == LadderKind.Adaptive && round % AdaptEvery == 0 && _rungs.Length > 2 && !Array.Exists(_means, double.IsNaN))
        {
            Adapt();
        }
    }

    /// <summary>What a checkpoint keeps.</summary>
    public LadderState Capture() => new() { Rungs = [.. _rungs], RungOf = [.. _rungOf], Means = [.. _means], Last = [.. _last] };

    /// <summary>Restores what <see cref="Capture"/> returned.</summary>
    /// <exception cref="InvalidDataException">It is of another number of searchers.</exception>
    public void Restore(LadderState state)
    {
        var count = _rungs.Length;
        if (state.Rungs.Count != count || state.RungOf.Count != count || state.Means.Count != count || state.Last.Count != count)
        {
            throw new InvalidDataException($"A ladder of {count} searchers is restored from the state of as many; received {state.Rungs.Count} rungs. Use an older checkpoint.");
        }

        for (var j = 0; j < count; j++)
        {
            (_rungs[j], _rungOf[j], _means[j], _last[j]) = (state.Rungs[j], state.RungOf[j], state.Means[j], state.Last[j]);
        }
    }

    private float Start(double share, float minimum, float maximum) => _settings.Ladder == LadderKind.Linear
        ? (float)(minimum + ((maximum - minimum) * share))
        : share == 0 ? minimum : share == 1 ? maximum : (float)(minimum * Math.Pow((double)maximum / minimum, share));

    private void Exchange(int round, RandomStream random)
    {
        Span<int> searcherAt = stackalloc int[_rungs.Length];
        for (var searcher = 0; searcher < _rungOf.Length; searcher++)
        {
            searcherAt[_rungOf[searcher]] = searcher;
        }

        for (var j = round % 2; j + 1 < _rungs.Length; j += 2)
        {
            var (low, high) = (searcherAt[j], searcherAt[j + 1]);
            var logProbability = ((double)_rungs[j + 1] - _rungs[j]) * (_last[low] - _last[high]);
            if (logProbability >= 0 || random.Uniform((ulong)j) < Math.Exp(logProbability))
            {
                (_rungOf[low], _rungOf[high]) = (j + 1, j);
            }
        }
    }

    private void Adapt()
    {
        var lengths = new double[_rungs.Length];
        for (var j = 1; j < _rungs.Length; j++)
        {
            var gap = Math.Max(LeastGap * ((double)_rungs[^1] - _rungs[0]) / _rungs.Length, (double)_rungs[j] - _rungs[j - 1]);
            lengths[j] = lengths[j - 1] + Math.Sqrt(gap * Math.Max(LeastGap, _means[j] - _means[j - 1]));
        }

        var before = (float[])_rungs.Clone();
        for (int j = 1, segment = 1; j < _rungs.Length - 1; j++)
        {
            var wanted = lengths[^1] * j / (_rungs.Length - 1);
            while (lengths[segment] < wanted)
            {
                segment++;
            }

            var share = (wanted - lengths[segment - 1]) / (lengths[segment] - lengths[segment - 1]);
            var even = before[segment - 1] + (share * ((double)before[segment] - before[segment - 1]));
            _rungs[j] = (float)(before[j] + (Damping * (even - before[j])));
        }
    }
}
