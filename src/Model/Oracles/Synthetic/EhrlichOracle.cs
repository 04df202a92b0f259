using Tempera.Model.Spaces;

namespace Tempera.Model.Oracles.Synthetic;

/// <summary>Scores strings by an <see cref="EhrlichFunction"/>.</summary>
/// <remarks>Thread safe; a call allocates nothing.</remarks>
/// <param name="version">Name, version and parameters.</param>
/// <param name="function">The function.</param>
public sealed class EhrlichOracle(string version, EhrlichFunction function) : IOracle
{
    private readonly int _bits = PackedSequence.BitsPerSymbol(function.Symbols);

    /// <inheritdoc/>
    public string Version => version;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
    {
        Span<int> symbols = stackalloc int[function.Length];
        for (var i = 0; i < objects.Length; i++)
        {
            PackedSequence.GetSymbols(objects[i], _bits, symbols);
            scores[i] = function.Value(symbols);
        }
    }
}
