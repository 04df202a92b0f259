using System.Diagnostics.CodeAnalysis;
using Tempera.Model.Settings;

namespace Tempera.Model.Spaces;

/// <summary>
/// A space with more features: beside the one-hot digit of every position, the one-hot combination of the digits of every
/// window of 2 to <c>window</c> adjacent positions. The graph of states is that of the inner space.
/// </summary>
/// <remarks>
/// Positional k-mers: with P positions of D digits, F = sum over w from 1 to window of (P - w + 1) D^w. What a single digit adds
/// to a score and what neighbouring digits add together are then both linear in the features, so the first layer need not learn
/// products. A window that reaches past the end of an unfinished string is off.
/// </remarks>
public sealed class WindowFeatureSpace : IDesignSpace
{
    /// <summary>Name of the setting that asks for it.</summary>
    public const string SettingName = "feature_window";

    /// <summary>Most features a network is given: all windows of eight letters of four, so that each object may have a feature of its own, are 116,496.</summary>
    public const int MaxFeatures = 200_000;

    private const int MaxChosenWindow = 4;
    private const int MaxChosenFeatures = 2500;

    private readonly IDesignSpace _inner;
    private readonly int _digits;
    private readonly int _window;
    private readonly int[] _offsets;

    private WindowFeatureSpace(IDesignSpace inner, int positions, int digits, int window)
    {
        (_inner, _digits, _window) = (inner, digits, window);
        _offsets = new int[window + 2];
        MaxActiveFeatures = 0;
        for (var (w, codes) = (1, digits); w <= window; w++, codes *= digits)
        {
            _offsets[w + 1] = _offsets[w] + ((positions - w + 1) * codes);
            MaxActiveFeatures += positions - w + 1;
        }
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public int MaxSteps => _inner.MaxSteps;

    /// <inheritdoc/>
    public int MaxChildren => _inner.MaxChildren;

    /// <inheritdoc/>
    public int MaxParents => _inner.MaxParents;

    /// <inheritdoc/>
    public int FeatureCount => _offsets[_window + 1];

    /// <inheritdoc/>
    public int MaxActiveFeatures { get; }

    /// <inheritdoc/>
    public int ForwardActionCount => _inner.ForwardActionCount;

    /// <inheritdoc/>
    public int BackwardActionCount => _inner.BackwardActionCount;

    /// <inheritdoc/>
    public UInt128 Root => _inner.Root;

    /// <inheritdoc/>
    public double LogObjectCount => _inner.LogObjectCount;

    /// <inheritdoc/>
    public int MaxNeighbours => _inner.MaxNeighbours;

    /// <summary>True where the features of a space are the one-hot symbols of positions, so that windows of them can be features too.</summary>
    public static bool Fits(IDesignSpace space) => Sizes(space) is var (positions, digits) && positions > 0
        && space.FeatureCount == positions * digits && space.MaxActiveFeatures == positions;

    /// <summary>
    /// The space with windows of up to <paramref name="window"/> positions; the space itself for 1. 0 takes the widest window of at most
    /// four positions that makes at most 2,500 features, and 1 where objects are no strings of symbols.
    /// </summary>
    /// <exception cref="SettingException">The objects are no strings of digits, are shorter than the window, or there would be too many features.</exception>
    public static IDesignSpace Of(IDesignSpace space, int window)
    {
        window = window == 0 ? Widest(space, MaxChosenWindow, MaxChosenFeatures) : window;
        if (window == 1)
        {
            return space;
        }

        if (!Fits(space))
        {
            throw SettingText.Refuse(SettingName, $"1 where objects are no strings of symbols; the space is a {space.Name}", SettingText.Format(window), $"Leave {SettingName} out");
        }

        var (positions, digits) = Sizes(space);
        var features = Features(positions, digits, window);
        if (window > positions || features > MaxFeatures)
        {
            throw SettingText.Refuse(
                SettingName, $"at most the {positions} positions of the space and {MaxFeatures:N0} features, the sum over w of (positions - w + 1) {digits}^w",
                window > positions ? SettingText.Format(window) : $"{window}, which makes {features:N0}", "Choose a smaller one");
        }

        return new WindowFeatureSpace(space, positions, digits, window);
    }

    /// <summary>The widest window that makes at most <see cref="MaxFeatures"/>; 1 where objects are no strings of symbols.</summary>
    public static int Widest(IDesignSpace space) => Widest(space, int.MaxValue, MaxFeatures);

    private static int Widest(IDesignSpace space, int most, int features)
    {
        if (!Fits(space))
        {
            return 1;
        }

        var (positions, digits) = Sizes(space);
        var window = Math.Min(most, positions);
        while (window > 1 && Features(positions, digits, window) > features)
        {
            window--;
        }

        return window;
    }

    private static double Features(int positions, int digits, int window)
    {
        var (features, codes) = (0.0, 1.0);
        for (var w = 1; w <= Math.Min(window, positions); w++)
        {
            codes *= digits;
            features += (positions - w + 1) * codes;
        }

        return features;
    }

    private static (int Positions, int Digits) Sizes(IDesignSpace space) => space is IPositionalSpace strings ? (strings.Positions, strings.Digits) : default;

    /// <inheritdoc/>
    public bool IsTerminal(UInt128 state) => _inner.IsTerminal(state);

    /// <inheritdoc/>
    public int GetChildren(UInt128 state, Span<UInt128> children) => _inner.GetChildren(state, children);

    /// <inheritdoc/>
    public int GetParents(UInt128 state, Span<UInt128> parents) => _inner.GetParents(state, parents);

    /// <inheritdoc/>
    public int GetForwardActions(UInt128 state, Span<int> actions, Span<int> children) => _inner.GetForwardActions(state, actions, children);

    /// <inheritdoc/>
    public int GetBackwardActions(UInt128 state, Span<int> actions, Span<int> parents) => _inner.GetBackwardActions(state, actions, parents);

    /// <inheritdoc/>
    public int GetFeatures(UInt128 state, Span<int> active)
    {
        var length = _inner.GetFeatures(state, active);
        var (count, codes) = (length, _digits);
        for (var w = 2; w <= Math.Min(_window, length); w++)
        {
            codes *= _digits;
            for (var first = 0; first + w <= length; first++)
            {
                var code = 0;
                for (var i = first; i < first + w; i++)
                {
                    code = (code * _digits) + active[i] - (i * _digits);
                }

                active[count++] = _offsets[w] + (first * codes) + code;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public string Format(UInt128 terminal) => _inner.Format(terminal);

    /// <inheritdoc/>
    public bool TryParse(string text, out UInt128 terminal, [NotNullWhen(false)] out string? error) => _inner.TryParse(text, out terminal, out error);

    /// <inheritdoc/>
    public IEnumerable<UInt128> EnumerateObjects() => _inner.EnumerateObjects();

    /// <inheritdoc/>
    public int GetNeighbours(UInt128 terminal, Span<UInt128> neighbours) => _inner.GetNeighbours(terminal, neighbours);
}
