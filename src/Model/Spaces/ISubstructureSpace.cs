namespace Tempera.Model.Spaces;

/// <summary>A space in which a state is a part of every object that can still be built from it, as a substring is of a string.</summary>
public interface ISubstructureSpace : IDesignSpace
{
    /// <summary>Most states that an object contains, itself included and the root not.</summary>
    int MaxSubstructures { get; }

    /// <summary>Writes the distinct states, other than the root, from which an object can be built, itself included, small ones first; returns how many.</summary>
    int GetSubstructures(UInt128 terminal, Span<UInt128> substructures);

    /// <summary>True when the object can be built from the state, or is it.</summary>
    bool Contains(UInt128 terminal, UInt128 state);
}
