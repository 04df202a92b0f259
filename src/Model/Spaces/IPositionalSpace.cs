namespace Tempera.Model.Spaces;

/// <summary>A space whose objects are all the digit strings of one length: every combination of digits is an object, and none is left out.</summary>
public interface IPositionalSpace : IDesignSpace
{
    /// <summary>Digits of an object.</summary>
    int Positions { get; }

    /// <summary>Values a digit takes, from 0.</summary>
    int Digits { get; }

    /// <summary>Writes the digits of a terminal object.</summary>
    void GetDigits(UInt128 terminal, Span<int> digits);

    /// <summary>The terminal object of <see cref="Positions"/> digits.</summary>
    UInt128 FromDigits(ReadOnlySpan<int> digits);
}
